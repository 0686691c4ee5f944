// The expense table and its sheets.
import { dayOfMonth } from '../support/files.js';
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
});

test('a form with errors keeps what was typed and names the fields', async ({ page, app }) => {
  const sheet = await app.openAdd();
  await sheet.getByLabel('Amount').fill('12.345');
  await sheet.getByLabel('Currency').selectOption('EUR');
  await sheet.getByLabel('Category', { exact: true }).selectOption({ label: 'Health' });
  await sheet.getByRole('button', { name: 'Add expense' }).click();

  await expect(sheet.getByRole('alert')).toContainText('2 fields need another look');
  await expect(sheet.getByRole('alert').getByRole('link', { name: 'Amount' })).toBeVisible();
  await expect(sheet.getByLabel('Amount')).toHaveAccessibleDescription(/Amounts in EUR have at most 2 decimals/);
  await expect(sheet.getByLabel('Merchant')).toHaveAccessibleDescription(/This is needed/);
  await expect(sheet.getByLabel('Amount')).toHaveValue('12.345');
  await expect(sheet.getByLabel('Category', { exact: true })).toHaveValue('healthcare');
  if (app.hydrated) await expect(sheet.getByLabel('Amount')).toBeFocused();

  await sheet.getByLabel('Amount').fill('12.34');
  await sheet.getByLabel('Merchant').fill('Pharmacy');
  await sheet.getByRole('button', { name: 'Add expense' }).click();
  await expect(app.toast('€12.34 for Pharmacy added')).toBeVisible();
  await app.visit('/expenses');
  await expect(app.rows()).toHaveCount(1);
  await expect(app.row('Pharmacy')).toContainText('Health');
});

test('Enter saves, and the form is ready for the next one on the same day', async ({ page, app }) => {
  const sheet = await app.openAdd();
  const day = dayOfMonth(3);
  await app.addExpense(sheet, { amount: '1', merchant: 'First', date: day });
  await expect(sheet.getByLabel('Amount')).toHaveValue('');
  await expect(sheet.getByLabel('Date')).toHaveValue(day);
  if (app.hydrated) await expect(sheet.getByLabel('Amount')).toBeFocused();
  await app.addExpense(sheet, { amount: '2', merchant: 'Second' });
  await app.visit('/expenses');
  await expect(app.rows()).toHaveCount(2);
  await expect(page.getByText('2 entries', { exact: true })).toBeVisible();
});

test('a second click makes no second row', async ({ app }) => {
  const sheet = await app.openAdd();
  await sheet.getByLabel('Amount').fill('7');
  await sheet.getByLabel('Merchant').fill('Once only');
  await sheet.getByRole('button', { name: 'Add expense' }).dblclick();
  await expect(app.toast('Once only')).toBeVisible();
  await app.visit('/expenses');
  await expect(app.rows()).toHaveCount(1);
});

test('what was deleted comes back', async ({ page, app }) => {
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '19.99', merchant: 'Lamp Shop', category: 'Housing' });
  await app.visit('/expenses');
  await app.leadsTo(/edit=/, () => app.row('Lamp Shop').getByRole('link').click());
  await page.getByRole('dialog', { name: 'Edit expense' }).getByRole('button', { name: 'Delete' }).click();
  await expect(app.toast('Lamp Shop moved to the trash')).toBeVisible();
  await expect(app.row('Lamp Shop')).toHaveCount(0);
  await app.toast('Lamp Shop moved to the trash').getByRole('button', { name: 'Undo' }).click();
  await expect(app.toast('Lamp Shop is back')).toBeVisible();
  await expect(app.row('Lamp Shop')).toContainText('−19.99');
});

test('two people change one row: the second is told, and chooses', async ({ page, app, context }) => {
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '10', merchant: 'Twice changed' });
  await app.visit('/expenses');
  await app.leadsTo(/edit=/, () => app.row('Twice changed').getByRole('link').click());
  const edit = page.getByRole('dialog', { name: 'Edit expense' });
  await edit.getByLabel('Amount').fill('30');

  const other = await context.newPage();
  await other.goto(page.url());
  if (app.hydrated) await expect(other.locator('html[data-ready]')).toBeAttached();
  const theirs = other.getByRole('dialog', { name: 'Edit expense' });
  await theirs.getByLabel('Amount').fill('20');
  await theirs.getByRole('button', { name: 'Save changes' }).click();
  await expect(theirs).toBeHidden();
  await other.close();

  await edit.getByRole('button', { name: 'Save changes' }).click();
  await expect(edit.getByRole('alert').filter({ hasText: 'Somebody changed this' })).toContainText('$20.00');
  await expect(edit.getByLabel('Amount')).toHaveValue('30');
  await edit.getByRole('button', { name: 'Save changes' }).click();
  await expect(edit).toBeHidden();
  await expect(app.row('Twice changed')).toContainText('−30.00');
});

test('filters are in the address and can be taken away', async ({ page, app }) => {
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '3.20', merchant: 'Bakery', category: 'Food' });
  await app.addExpense(sheet, { amount: '61', merchant: 'Dentist', category: 'Health' });
  await app.addExpense(sheet, { amount: '8.40', merchant: 'Cake café', category: 'Food' });
  await app.visit('/expenses');

  if (app.hydrated) await page.evaluate(() => (window.sameDocument = true));
  await page.getByRole('searchbox', { name: 'Search' }).fill('cafe');
  await page.getByRole('searchbox', { name: 'Search' }).press('Enter');
  await expect(app.rows()).toHaveCount(1);
  await expect(page).toHaveURL(/q=cafe/);
  await app.leadsTo((url) => !url.search.includes('q='), () => page.getByRole('link', { name: /Remove the filter “cafe”/ }).click());
  await expect(app.rows()).toHaveCount(3);

  await page.getByRole('combobox', { name: 'Category' }).first().selectOption({ label: 'Food' });
  if (!app.hydrated) await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(app.rows()).toHaveCount(2);
  await expect(page).toHaveURL(/category=food/);

  await page.getByRole('columnheader', { name: /Amount/ }).getByRole('link').click();
  await expect(page).toHaveURL(/sort=-amount/);
  await expect(page.getByRole('columnheader', { name: /Amount/ })).toHaveAttribute('aria-sort', 'descending');
  await expect(app.rows().first()).toContainText('Cake café');

  await page.getByText('More filters').click();
  await page.getByLabel('At least').fill('100');
  await page.getByRole('button', { name: 'Show these' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing fits these filters' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Clear all filters' }).last().click();
  await expect(app.rows()).toHaveCount(3);
  if (app.hydrated) expect(await page.evaluate(() => window.sameDocument), 'no page was loaded anew').toBe(true);
});

test('nothing yet shows the two ways to something', async ({ page, app }) => {
  await app.visit('/expenses');
  await expect(page.getByRole('heading', { name: 'Your expenses will appear here' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Add expense' }).last().click();
  await expect(page.getByRole('dialog', { name: 'Add expense' })).toBeVisible();
});

test('the keyboard alone is enough', { tag: '@javascript' }, async ({ page, app }) => {
  await app.visit('/expenses');
  await page.keyboard.press('n');
  const sheet = page.getByRole('dialog', { name: 'Add expense' });
  await expect(sheet.getByLabel('Amount')).toBeFocused();
  await page.keyboard.type('4.50');
  await sheet.getByLabel('Merchant').focus();
  await page.keyboard.type('Kiosk n/?');
  await page.keyboard.press('Enter');
  await expect(app.toast('Kiosk n/?')).toBeVisible();
  await expect(sheet.getByLabel('Amount')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  await page.getByRole('searchbox', { name: 'Search' }).blur();
  await page.keyboard.press('j');
  await expect(app.row('Kiosk').getByRole('link')).toBeFocused();
  await page.keyboard.press('o');
  await expect(page.getByRole('dialog', { name: 'Edit expense' })).toBeVisible();
});
