// Rules that file expenses, and expenses without a category.
import { dayOfMonth } from '../support/files.js';
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
});

/** An expense without a category, as a program enters it. */
async function enter(page, merchant, amount) {
  const headers = { Origin: new URL(page.url()).origin };
  const data = { merchant, amount, currency: 'EUR', date: dayOfMonth(2) };
  expect((await page.request.post('/api/expenses', { headers, data })).status()).toBe(201);
}

test('an edit of a category offers a rule, which shows what it would do and files the rest', async ({ page, app }) => {
  await enter(page, 'REWE SAGT DANKE 4711 BERLIN', 12.5);
  await enter(page, 'REWE 0815 KOELN', 20);
  await app.visit('/expenses');
  await app.leadsTo(/edit=/, () => app.row('KOELN').getByRole('link').click());
  const sheet = page.getByRole('dialog', { name: 'Edit expense' });
  await sheet.getByLabel('Category', { exact: true }).selectOption({ label: 'Food' });
  await sheet.getByRole('button', { name: 'Save changes' }).click();
  const offer = page.getByRole('button', { name: 'Always file REWE under Food?' });
  await app.leadsTo(/\/rules\/new\?/, () => offer.click());
  await expect(page.getByLabel('Merchant is')).toHaveValue('REWE');
  const rows = page.getByRole('table', { name: 'Expenses that would change' }).locator('tbody').getByRole('row');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('BERLIN');
  await app.leadsTo(/\/rules$/, () => page.getByRole('button', { name: 'Save, and file 1 expense' }).click());
  await expect(app.toast('Rule saved, 1 expense filed')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Rules' }).getByRole('listitem')).toHaveCount(1);
  await app.toast('Rule saved').getByRole('button', { name: 'Undo' }).click();
  await expect(app.toast(/taken back|undone/i)).toBeVisible();
  await app.visit('/expenses?category=none');
  await expect(app.rows()).toHaveCount(1);
});

test('a rule is made, refused with a reason, changed, deleted and brought back', async ({ page, app }) => {
  await app.visit('/rules');
  await expect(page.getByRole('heading', { name: 'No rules yet' })).toBeVisible();
  await app.leadsTo(/\/rules\/new/, () => page.getByRole('main').getByRole('link', { name: 'New rule' }).first().click());
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect(page.getByRole('main').getByRole('alert').first()).toBeVisible();
  await page.getByLabel('Merchant is').fill('Landlord');
  await page.getByLabel('Category', { exact: true }).selectOption({ label: 'Housing' });
  await app.leadsTo(/\/rules$/, () => page.getByRole('button', { name: 'Save rule' }).click());
  const list = page.getByRole('list', { name: 'Rules' }).getByRole('listitem');
  await expect(list).toContainText('Landlord');
  await app.leadsTo(/id=[0-9a-f]{24}/, () => page.getByRole('link', { name: 'Edit: Landlord' }).click());
  await page.getByLabel('Category', { exact: true }).selectOption({ label: 'Savings' });
  await app.leadsTo(/\/rules$/, () => page.getByRole('button', { name: 'Save rule' }).click());
  await expect(list).toContainText('Savings');
  await page.getByRole('form', { name: 'Delete: Landlord' }).getByRole('button').click();
  await expect(page.getByRole('heading', { name: 'No rules yet' })).toBeVisible();
  await app.toast('Rule deleted').getByRole('button', { name: 'Undo' }).click();
  await expect(list).toContainText('Landlord');
});

test('what has no category is filed by merchant, the biggest first', async ({ page, app }) => {
  await app.visit('/expenses/review');
  await expect(page.getByRole('heading', { name: 'Everything has its category' })).toBeVisible();
  await enter(page, 'Pizzeria Roma 4711', 10);
  await enter(page, 'Pizzeria Roma 0815', 15);
  await enter(page, 'Zed Quax', 90);
  await app.visit('/expenses/review');
  const groups = page.getByRole('list', { name: 'Merchants' }).getByRole('listitem');
  await expect(groups).toHaveCount(2);
  await expect(groups.first()).toContainText('Zed Quax');
  await expect(page.getByRole('combobox', { name: 'Category for Pizzeria' })).toHaveValue('food');
  await groups.nth(1).getByRole('button', { name: 'File 2 expenses' }).click();
  await expect(app.toast('2 expenses filed under Food')).toBeVisible();
  await expect(groups).toHaveCount(1);
  await app.toast('2 expenses filed').getByRole('button', { name: 'Undo' }).click();
  await expect(groups).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Category for Zed Quax' }).selectOption({ label: 'Savings' });
  await groups.first().getByRole('button', { name: 'File, and always from now on' }).click();
  await expect(groups).toHaveCount(1);
  await app.visit('/rules');
  await expect(page.getByRole('list', { name: 'Rules' })).toContainText('Zed Quax');
});
