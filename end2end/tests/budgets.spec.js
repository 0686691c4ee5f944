// Several budgets: the default, the archive, the trash, and what comes after the last one.
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
});

/** One more budget, called so. */
async function create(app, page, name) {
  await app.visit('/budgets/new');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByLabel('Income a month').fill('1000');
  await app.leadsTo(/\/budgets\/[0-9a-f]{24}/, () => page.getByRole('button', { name: 'Create budget' }).click());
}

const card = (page, name) => page.getByRole('article').filter({ has: page.getByRole('link', { name, exact: true }) });

/** Chooses from the menu on a card. */
async function choose(page, name, action) {
  await card(page, name).getByLabel(`Actions for ${name}`).click();
  await card(page, name).getByRole('button', { name: action }).click();
}

test('another budget becomes the default', async ({ page, app }) => {
  await create(app, page, 'First');
  await create(app, page, 'Second');
  await app.visit('/budgets');
  await expect(card(page, 'First')).toContainText('Default');
  await choose(page, 'Second', 'Make default');
  await expect(app.toast('Second is your default budget')).toBeVisible();
  await app.ready();
  await expect(card(page, 'Second')).toContainText('Default');
  await expect(card(page, 'First')).not.toContainText('Default');
});

test('an archived budget stands apart, is not offered, and can be used again', async ({ page, app }) => {
  await create(app, page, 'Old flat');
  await create(app, page, 'New flat');
  await app.visit('/budgets');
  await choose(page, 'Old flat', 'Archive');
  await expect(app.toast('Old flat archived')).toBeVisible();
  await app.ready();
  await expect(card(page, 'New flat')).toContainText('Default');
  await expect(card(page, 'Old flat')).toBeHidden();
  const sheet = await app.openAdd();
  await sheet.getByText('More fields').click();
  await expect(sheet.getByLabel('Budget').getByRole('option', { name: 'New flat' })).toBeAttached();
  await expect(sheet.getByLabel('Budget').getByRole('option', { name: 'Old flat' })).toHaveCount(0);
  await app.visit('/budgets');
  await page.getByText('One archived budget').click();
  await choose(page, 'Old flat', 'Use again');
  await expect(app.toast('Old flat is in use again')).toBeVisible();
  await app.ready();
  await expect(card(page, 'Old flat')).toBeVisible();
});

test('a budget that was thrown away comes back, by undo and from the trash', async ({ page, app }) => {
  await create(app, page, 'First');
  await create(app, page, 'Second');
  await app.visit('/budgets');
  await choose(page, 'First', 'Delete');
  const toast = app.toast('First moved to the trash');
  await expect(toast).toBeVisible();
  await app.ready();
  await expect(card(page, 'Second')).toContainText('Default');
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(app.toast('First is back')).toBeVisible();
  await app.visit('/budgets');
  await expect(card(page, 'First')).toContainText('Default');

  await choose(page, 'Second', 'Delete');
  await expect(app.toast('Second moved to the trash')).toBeVisible();
  await app.visit('/settings/trash');
  await page.getByRole('row').filter({ hasText: 'Second' }).getByRole('button', { name: 'Restore' }).click();
  await expect(app.toast('Second is back')).toBeVisible();
});

test('after the last budget comes the next step', async ({ page, app }) => {
  await create(app, page, 'Only one');
  await app.visit('/budgets');
  await choose(page, 'Only one', 'Delete');
  await expect(page.getByRole('heading', { name: 'Your month at a glance' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Create a budget' })).toBeVisible();
});
