// Transfers with two legs: two bank rows that are one, and a sheet that says where the money goes. Bills ahead on the dashboard.
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
  await app.standardBudget();
});

/** Today, as the server has it in the tests' time zone. */
const today = () => new Date().toISOString().slice(0, 10);

/** Makes something as a program does; its id. */
async function make(page, path, data, name) {
  const headers = { Origin: new URL(page.url()).origin };
  const answer = await page.request.post(path, { headers, data });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).data[name].id;
}

const account = (page, name) => make(page, '/api/accounts', { name, kind: 'checking', currency: 'EUR' }, 'account');

test('two rows are one transfer once somebody says so', async ({ page, app }) => {
  const [from, to] = [await account(page, 'Current'), await account(page, 'Pot')];
  const row = { amount: 250, currency: 'EUR', date: today(), merchant: 'Bank' };
  await make(page, '/api/expenses', { ...row, kind: 'expense', accountId: from }, 'expense');
  await make(page, '/api/expenses', { ...row, kind: 'income', accountId: to }, 'expense');
  await app.visit('/expenses/review');
  await expect(page.getByRole('heading', { name: 'One transfer each?' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '€250.00, Current → Pot' })).toBeVisible();
  await page.getByRole('form', { name: /^One transfer: / }).getByRole('button').click();
  await expect(app.toast('one transfer now')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'One transfer each?' })).toHaveCount(0);
});

test('a pair that is none is not proposed again', async ({ page, app }) => {
  const [from, to] = [await account(page, 'Current'), await account(page, 'Pot')];
  const row = { amount: 250, currency: 'EUR', date: today(), merchant: 'Bank' };
  await make(page, '/api/expenses', { ...row, kind: 'expense', accountId: from }, 'expense');
  await make(page, '/api/expenses', { ...row, kind: 'income', accountId: to }, 'expense');
  await app.visit('/expenses/review');
  await page.getByRole('form', { name: /^Not a transfer: / }).getByRole('button').click();
  await expect(app.toast('stays as it is')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'One transfer each?' })).toHaveCount(0);
});

test('bills ahead stand on the dashboard and lead to the calendar', async ({ page, app }) => {
  const row = { amount: 9, currency: 'EUR', date: today(), merchant: 'Films', category: 'entertainment' };
  await make(page, '/api/expenses', { ...row, recurringPattern: { frequency: 'weekly' } }, 'expense');
  const budgets = await (await page.request.get('/api/budgets')).json();
  const more = { ...row, merchant: 'Landlord', category: 'housing', budgetId: budgets.data[0].id };
  await make(page, '/api/expenses', { ...more, recurringPattern: { frequency: 'weekly' } }, 'expense');
  await app.visit('/dashboard');
  const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Bills ahead' }) });
  await expect(panel).toContainText('Landlord');
  await expect(panel, 'what is private is none of the budget').not.toContainText('Films');
  await app.leadsTo('**/calendar', () => panel.getByRole('link', { name: 'All recurring' }).click());
  await expect(page.getByRole('table', { name: /^Calendar of / })).toHaveCount(2);
});
