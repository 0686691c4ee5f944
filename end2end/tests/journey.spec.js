// The main job: sign up, a budget, expenses by hand and from bank files, and the month to the cent.
import { bankFile, dayOfMonth } from '../support/files.js';
import { expect, test } from '../support/test.js';

test('from nothing to a month that is right to the cent', async ({ page, app }) => {
  await app.visit('/');
  await app.leadsTo('**/auth/signup', () => page.getByRole('main').getByRole('link', { name: /budget|account|start/i }).first().click());
  await app.signUp();
  const budget = await app.createBudget('4000');

  // By hand: two expenses and a refund, one after the other in the same sheet.
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '12.30', merchant: 'Green Grocer', category: 'Food', date: dayOfMonth(2) });
  await app.addExpense(sheet, { amount: '40', merchant: 'Book Barn', category: 'Leisure' });
  await app.addExpense(sheet, { amount: '5.5', merchant: 'Book Barn', category: 'Leisure', kind: 'Refund' });

  // An OFX file: four clicks from the table to its rows.
  await app.visit('/expenses');
  await app.leadsTo('**/expenses/import', () => page.getByRole('link', { name: 'Import a bank file' }).first().click());
  await app.upload(bankFile('giro.ofx'));
  await expect(page.getByText('€1,186.94')).toBeVisible();
  await app.leadsTo(/importId=/, () => page.getByRole('button', { name: 'Add 4 expenses' }).click());
  await expect(app.toast('4 entries added')).toBeVisible();
  await expect(app.rows()).toHaveCount(4);
  await expect(app.row('Green Grocer')).toContainText('Food');
  await expect(app.row('Harbour Housing')).toContainText('−850.00');

  // A CSV file, with a row that can't be read.
  await app.upload(bankFile('card.csv', 'text/csv'));
  await expect(page.getByText('“12..34” isn\'t an amount.')).toBeVisible();
  await app.leadsTo(/importId=/, () => page.getByRole('button', { name: 'Add 3 expenses' }).click());
  await expect(app.rows()).toHaveCount(3);

  // Uncategorised rows get a category by hand.
  await app.leadsTo(/edit=/, () => app.row('Tram and Bus').getByRole('link').click());
  const edit = page.getByRole('dialog', { name: 'Edit expense' });
  await edit.getByLabel('Category', { exact: true }).selectOption({ label: 'Transport' });
  await edit.getByRole('button', { name: 'Save changes' }).click();
  await expect(app.row('Tram and Bus')).toContainText('Transport');

  await app.visit(`/budgets/${budget}`);
  const month = page.getByRole('table', { name: 'The month by category' });
  const line = (name) => month.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(line('Food')).toContainText('75.77'); //       12.30 + 63.47
  // What came from the bank files files itself, as far as somebody knows the shop.
  const rows = (await (await page.request.get('/api/expenses?limit=100')).json()).data;
  const spent = (category) => {
    const cents = rows.filter((row) => row.category === category && ['expense', 'refund'].includes(row.kind))
      .map((row) => Math.round(row.amount * 100) * (row.kind === 'refund' ? -1 : 1));
    return cents.reduce((sum, one) => sum + one, 0) / 100;
  };
  expect(spent('entertainment')).toBeGreaterThanOrEqual(34.5); // 40.00 − 5.50
  await expect(line('Leisure')).toContainText(spent('entertainment').toFixed(2));
  await expect(line('Transport')).toContainText('24.00');
  if (spent(null) > 0) await expect(line('No category')).toContainText(spent(null).toFixed(2));
  await expect(line('Total')).toContainText('1,002.76');
  await expect(line('Total')).toContainText('2,997.24'); //   4,000.00 − 1,002.76
  await expect(page.getByRole('group', { name: 'The month in figures' })).toContainText('€2,109.70'); // 2,100.50 + 9.20
});
