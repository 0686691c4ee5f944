// What repeats: said of an expense, seen on its page, left out, changed, paused, ended; found in a history.
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
  await app.standardBudget();
});

/** So many months before today, on a day that all months have. */
function monthsAgo(count) {
  const today = new Date();
  const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - count, Math.min(today.getUTCDate(), 28)));
  return day.toISOString().slice(0, 10);
}

/** Enters an expense as a program does. */
async function enter(page, fields) {
  const headers = { Origin: new URL(page.url()).origin };
  const answer = await page.request.post('/api/expenses', { headers, data: { currency: 'EUR', ...fields } });
  expect(answer.status(), await answer.text()).toBe(201);
}

const due = (page) => page.getByRole('table', { name: /^Due in / }).getByRole('row').filter({ hasText: 'Landlord' });

test('an expense is said to repeat, and its next ones are on the page', async ({ page, app }) => {
  const sheet = await app.openAdd();
  await sheet.getByText('More fields').click();
  await sheet.getByLabel('Repeats').selectOption('Every week');
  await app.addExpense(sheet, { amount: '900', merchant: 'Landlord', category: 'Housing' });
  // What comes next in the same sheet is said anew.
  const next = app.hydrated ? sheet : await app.openAdd();
  await app.addExpense(next, { amount: '4', merchant: 'Bakery', category: 'Food' });
  await app.visit('/expenses');
  await app.leadsTo('**/recurring', () => page.getByRole('link', { name: 'Recurring', exact: true }).click());
  await expect(page.getByRole('heading', { name: 'Recurring', level: 1 })).toBeVisible();
  await expect(due(page).first()).toContainText('Entered');
  await expect(due(page).nth(1)).toContainText('€900.00');
  await expect(page.getByRole('table', { name: /^Calendar of / })).toHaveCount(2);
  await expect(page.getByRole('list').filter({ hasText: 'Next: ' })).toContainText('Every ');
  await expect(page.getByRole('list').filter({ hasText: 'Next: ' })).not.toContainText('Bakery');
});

test('one is left out and put back, and the series is paused, goes on and ends', async ({ page, app }) => {
  await enter(page, { amount: 900, merchant: 'Landlord', date: monthsAgo(0), recurringPattern: { frequency: 'weekly' } });
  await app.visit('/recurring');
  const count = await due(page).count();
  await page.getByRole('form', { name: /^Skip Landlord on / }).first().getByRole('button').click();
  await expect(app.toast('is left out')).toBeVisible();
  await expect(due(page)).toHaveCount(count - 1);
  await page.getByRole('form', { name: /^Put back Landlord on / }).getByRole('button').click();
  await expect(app.toast('is as ever')).toBeVisible();
  await expect(due(page)).toHaveCount(count);

  await page.getByRole('form', { name: 'Pause Landlord' }).getByRole('button').click();
  await expect(app.toast('Landlord is paused')).toBeVisible();
  await expect(due(page)).toHaveCount(1);
  await page.getByRole('form', { name: 'Let Landlord go on' }).getByRole('button').click();
  await expect(app.toast('Landlord goes on')).toBeVisible();
  await expect(due(page)).toHaveCount(count);

  await page.getByRole('form', { name: 'End Landlord' }).getByRole('button').click();
  await expect(app.toast('Landlord has ended')).toBeVisible();
  await expect(due(page)).toHaveCount(1);
  await app.toast('Landlord has ended').getByRole('button', { name: 'Undo' }).last().click();
  await expect(due(page)).toHaveCount(count);
});

test('one is changed, and a wrong amount is named', async ({ page, app }) => {
  await enter(page, { amount: 900, merchant: 'Landlord', date: monthsAgo(0), recurringPattern: { frequency: 'weekly' } });
  await app.visit('/recurring');
  await page.getByLabel(/^Change Landlord on /).first().click();
  const form = page.getByRole('form', { name: /^Change Landlord on / }).first();
  await form.getByLabel('Another amount').fill('12.345');
  await form.getByRole('button', { name: 'Change this one' }).click();
  if (!app.hydrated) await page.getByLabel(/^Change Landlord on /).first().click();
  await expect(form.getByLabel('Another amount')).toHaveAccessibleDescription(/at most 2 decimals/);
  await form.getByLabel('Another amount').fill('950');
  await form.getByRole('button', { name: 'Change this one' }).click();
  await expect(app.toast('is changed')).toBeVisible();
  await expect(due(page).filter({ hasText: '€950.00' })).toHaveCount(1);
});

test('what repeats in a history is proposed with its evidence', async ({ page, app }) => {
  for (const months of [3, 2, 1]) await enter(page, { amount: 9.99, merchant: 'Films', date: monthsAgo(months) });
  for (const months of [4, 3, 2, 1]) await enter(page, { amount: 30 + months, merchant: 'Power', date: monthsAgo(months) });
  await app.visit('/recurring');
  await expect(page.getByRole('heading', { name: 'Seems to repeat' })).toBeVisible();
  await page.getByText('Found by 3 expenses').click();
  await expect(page.getByRole('link', { name: /\d/ }).first()).toBeVisible();
  await expect(page.getByText('€31.00 to €34.00')).toBeVisible();
  await page.getByRole('form', { name: 'Films repeats' }).getByRole('button').click();
  await expect(app.toast('Films repeats from now on')).toBeVisible();
  await expect(page.getByRole('form', { name: 'Pause Films' })).toBeVisible();
  await page.getByRole('form', { name: 'Power doesn\'t repeat' }).getByRole('button').click();
  await expect(app.toast('Power is not proposed again')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Seems to repeat' })).toHaveCount(0);
});
