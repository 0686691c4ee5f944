// A month of a budget: what goes on into the next, money moved and taken back, subcategories, income, last month once more.
import { dayOfMonth } from '../support/files.js';
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
});

const table = (page) => page.getByRole('table', { name: 'The month by category' });
const line = (page, name) => table(page).getByRole('row', { name: new RegExp(`^${name}`) });

test('money is moved in two clicks, and taken back', async ({ page, app }) => {
  const budget = await app.standardBudget();
  await app.leadsTo(/moveFrom=food/, () => page.getByRole('link', { name: 'Move money from Food' }).click());
  const sheet = page.getByRole('dialog', { name: 'Move money' });
  await expect(sheet.getByLabel('From')).toHaveValue('food');
  await expect(sheet.getByLabel('Amount')).toHaveValue('600.00');
  await sheet.getByLabel('To', { exact: true }).selectOption('entertainment');
  await sheet.getByLabel('Amount').fill('600.01');
  await sheet.getByRole('button', { name: 'Move' }).click();
  await expect(sheet.getByLabel('Amount')).toHaveAccessibleDescription(/Only 600.00 are left there/);
  await sheet.getByLabel('Amount').fill('150');
  await sheet.getByRole('button', { name: 'Move' }).click();
  await expect(app.toast('€150.00 moved from Food to Leisure')).toBeVisible();
  await expect(sheet).toBeHidden();
  await expect(line(page, 'Food')).toContainText('−150.00 moved');
  await expect(line(page, 'Leisure')).toContainText('350.00');
  await expect(line(page, 'Total')).toContainText('4,000.00');

  await page.getByRole('form', { name: 'Take back what was moved from Food to Leisure' }).getByRole('button').click();
  await expect(page.getByRole('heading', { name: 'Moved this month' })).toHaveCount(0);
  await app.visit(`/budgets/${budget}`);
  await expect(line(page, 'Leisure')).toContainText('200.00');
});

test('what is over is covered by another category', async ({ page, app }) => {
  const budget = await app.standardBudget();
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '230', merchant: 'Cinema', category: 'Leisure', date: dayOfMonth(1) });
  await app.visit(`/budgets/${budget}`);
  await app.leadsTo(/moveTo=entertainment/, () => page.getByRole('link', { name: 'Cover Leisure from Housing' }).click());
  const move = page.getByRole('dialog', { name: 'Move money' });
  await expect(move.getByLabel('Amount')).toHaveValue('30.00');
  await move.getByRole('button', { name: 'Move' }).click();
  await expect(app.toast('€30.00 moved from Housing to Leisure')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Cover Leisure/ })).toHaveCount(0);
  await expect(line(page, 'Leisure')).toContainText('+30.00 moved');
});

test('what is left goes on, and subcategories stand under their category', async ({ page, app }) => {
  const budget = await app.standardBudget();
  await app.visit(`/budgets/${budget}/edit`);
  await page.getByRole('group').locator('summary').filter({ hasText: /^Food$/ }).click();
  await page.getByLabel('What is left of Food at the month\'s end').selectOption('surplus');
  const parts = page.getByRole('group', { name: 'Subcategories of Food' });
  await parts.getByLabel('Name 1').fill('Groceries');
  await parts.getByLabel('Amount 1').fill('700');
  await page.getByRole('button', { name: 'Save budget' }).click();
  await expect(page.getByText('The parts come to 700.00, and there are 600.00 for them.').first()).toBeVisible();
  await parts.getByLabel('Amount 1').fill('400');
  await app.leadsTo(new RegExp(`/budgets/${budget}$`), () => page.getByRole('button', { name: 'Save budget' }).click());
  await expect(line(page, 'Groceries')).toContainText('400.00');

  await app.leadsTo(/month=/, () => page.getByRole('link', { name: 'Next month' }).click());
  await expect(line(page, 'Food')).toContainText('+600.00 from last month');
  await expect(line(page, 'Food')).toContainText('1,200.00');
  await expect(line(page, 'Housing')).not.toContainText('from last month');
});

test('income is said by hand, and last month is taken over', async ({ page, app }) => {
  await app.standardBudget();
  await page.getByLabel('Received').fill('3,950.50');
  await page.getByRole('button', { name: 'Save income' }).click();
  await expect(app.toast('Income saved')).toBeVisible();
  await expect(page.getByRole('group', { name: 'The month in figures' })).toContainText('€3,950.50');

  await app.leadsTo(/moveFrom=housing/, () => page.getByRole('link', { name: 'Move money from Housing' }).click());
  const sheet = page.getByRole('dialog', { name: 'Move money' });
  await sheet.getByLabel('To', { exact: true }).selectOption('food');
  await sheet.getByLabel('Amount').fill('75');
  await sheet.getByRole('button', { name: 'Move' }).click();
  await expect(line(page, 'Food')).toContainText('+75.00 moved');

  await app.leadsTo(/month=/, () => page.getByRole('link', { name: 'Next month' }).click());
  await expect(line(page, 'Food')).not.toContainText('moved');
  await page.getByRole('button', { name: /^Copy / }).click();
  await expect(line(page, 'Food')).toContainText('+75.00 moved');
  await expect(page.getByRole('button', { name: /^Copy / })).toHaveCount(0);
});
