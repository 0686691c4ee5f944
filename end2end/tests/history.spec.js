// Versions of a budget: the list, two of them side by side, the way back, and two people who change the same one.
import { expect, test } from '../support/test.js';

/** The month of a budget that has three versions: 4,000; 5,000 with a note; another name. */
async function threeVersions(app, page) {
  await app.signUp();
  const budget = await app.createBudget('4000');
  await edit(app, page, budget, { 'Income a month': '5000', Note: 'A raise' });
  await edit(app, page, budget, { Name: 'The house' });
  return budget;
}

async function edit(app, page, budget, fields) {
  await app.visit(`/budgets/${budget}/edit`);
  for (const [label, text] of Object.entries(fields)) await page.getByRole('textbox', { name: label }).fill(text);
  await app.leadsTo(new RegExp(`/budgets/${budget}$`), () => page.getByRole('button', { name: 'Save budget' }).click());
}

const version = (page, number) =>
  page.getByRole('list', { name: 'Versions, the newest first' }).getByRole('listitem').filter({
    has: page.getByRole('heading', { name: `Version ${number}`, exact: true }),
  });

test('each version is listed with who, when and what', async ({ page, app }) => {
  const budget = await threeVersions(app, page);
  await app.visit(`/budgets/${budget}`);
  await app.leadsTo('**/history', () => page.getByRole('link', { name: 'History', exact: true }).click());
  await expect(page.getByRole('heading', { level: 1, name: 'History of The house' })).toBeVisible();
  await expect(version(page, 3)).toContainText('called “The house”');
  await expect(version(page, 3)).toContainText('Now');
  await expect(version(page, 2)).toContainText('Income €4,000.00 → €5,000.00');
  await expect(version(page, 2)).toContainText('A raise');
  await expect(version(page, 2)).toContainText('You, Today');
  await expect(version(page, 1)).toContainText('The plan it began with');
});

test('two versions stand side by side, and their differences are named', async ({ page, app }) => {
  const budget = await threeVersions(app, page);
  await app.visit(`/budgets/${budget}/history`);
  await page.getByLabel('This one', { exact: true }).selectOption('1');
  await page.getByLabel('With this one').selectOption('3');
  await app.leadsTo(/from=1&to=3/, () => page.getByRole('button', { name: 'Show side by side' }).click());
  const table = page.getByRole('table', { name: 'Version 1 and version 3' });
  await expect(table.getByRole('row').filter({ hasText: 'Name' })).toContainText('Changed');
  await expect(table.getByRole('row').filter({ hasText: 'Income' })).toContainText('€4,000.00');
  await expect(table.getByRole('row').filter({ hasText: 'Income' })).toContainText('€5,000.00');
  await expect(table.getByRole('row').filter({ hasText: 'Counts from' })).not.toContainText('Changed');
});

test('an older version comes back, and its undo takes it back', async ({ page, app }) => {
  const budget = await threeVersions(app, page);
  await app.visit(`/budgets/${budget}/history`);
  await version(page, 1).getByRole('button', { name: 'Restore version 1' }).click();
  const toast = app.toast('is back to version 1');
  await expect(toast).toBeVisible();
  await expect(version(page, 4)).toContainText('Back to version 1');
  await expect(version(page, 4)).toContainText('Restored');
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(app.toast('The house is back to version 3')).toBeVisible();
  await expect(version(page, 5)).toContainText('Now');
});

test('two people change one budget: the second sees both and chooses field by field', async ({ page, app, context }) => {
  const budget = await threeVersions(app, page);
  await app.visit(`/budgets/${budget}/edit`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Mine');
  await page.getByRole('textbox', { name: 'Income a month' }).fill('6000');

  const other = await context.newPage();
  await other.goto(`/budgets/${budget}/edit`);
  if (app.hydrated) await expect(other.locator('html[data-ready]')).toBeAttached();
  await other.getByRole('textbox', { name: 'Name' }).fill('Theirs');
  await other.getByRole('textbox', { name: 'Income a month' }).fill('7000');
  await other.getByRole('button', { name: 'Save budget' }).click();
  await other.waitForURL(new RegExp(`/budgets/${budget}$`));
  await other.close();

  await page.getByRole('button', { name: 'Save budget' }).click();
  const choice = page.getByRole('alert').filter({ hasText: 'Somebody changed this budget' });
  await expect(choice).toContainText('Income €5,000.00 → €7,000.00');
  await expect(choice.getByRole('radio', { name: 'Keep mine: Mine' })).toBeChecked();
  await expect(choice.getByRole('radio', { name: 'Keep mine: €6,000.00' })).toBeChecked();
  await choice.getByRole('radio', { name: 'Take theirs: Theirs' }).check();
  await app.leadsTo(new RegExp(`/budgets/${budget}$`), () => page.getByRole('button', { name: 'Save budget' }).click());
  await expect(page.getByRole('heading', { level: 1, name: 'Theirs' })).toBeVisible();
  await expect(page.getByText('of €6,000.00 planned')).toBeVisible();
});

test('one version alone says how there come to be more', async ({ page, app }) => {
  await app.signUp();
  const budget = await app.createBudget();
  await app.visit(`/budgets/${budget}/history`);
  await expect(page.getByText('So far there is one version.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Edit plan' })).toBeVisible();
});
