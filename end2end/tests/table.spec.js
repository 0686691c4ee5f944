// Many rows at once: picking them, what is done to them, the way back; sums of what is filtered, and the same as a file.
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
});

/** Three rows, without a budget. */
async function three(app) {
  const sheet = await app.openAdd();
  for (const [amount, merchant] of [['10', 'Bakery'], ['20', 'Cinema'], ['12.50', 'Kiosk']]) {
    await app.addExpense(sheet, { amount, merchant });
  }
  await app.visit('/expenses');
  await expect(app.rows()).toHaveCount(3);
}

const bar = (page) => page.getByRole('region', { name: 'Selected entries' });

test('picked rows get a category together, and lose it together', async ({ page, app }) => {
  await three(app);
  if (app.hydrated) await expect(bar(page)).toBeHidden();
  await app.row('Bakery').getByRole('checkbox').check();
  await app.row('Kiosk').getByRole('checkbox').check();
  if (app.hydrated) await expect(bar(page).getByRole('status')).toContainText('22.50');
  await bar(page).getByLabel('Category for the selected entries').selectOption({ label: 'Food' });
  await bar(page).getByRole('button', { name: 'Set category' }).click();
  await expect(app.toast('2 entries categorised')).toBeVisible();
  await expect(app.row('Bakery')).toContainText('Food');
  await expect(app.row('Kiosk')).toContainText('Food');
  await expect(app.row('Cinema')).not.toContainText('Food');
  if (app.hydrated) await expect(app.row('Bakery').getByRole('checkbox')).not.toBeChecked();
  await app.toast('2 entries categorised').getByRole('button', { name: 'Undo' }).click();
  await expect(app.toast('Undone: 2 entries changed')).toBeVisible();
  await expect(app.row('Bakery')).not.toContainText('Food');
});

test('picked rows go to the trash together', async ({ page, app }) => {
  await three(app);
  await app.row('Bakery').getByRole('checkbox').check();
  await app.row('Cinema').getByRole('checkbox').check();
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await expect(app.toast('2 entries moved to the trash')).toBeVisible();
  await expect(app.rows()).toHaveCount(1);
  await app.toast('2 entries moved to the trash').getByRole('button', { name: 'Undo' }).click();
  await expect(app.rows()).toHaveCount(3);
});

test('what is no print of one payment stays apart', async ({ page, app }) => {
  await three(app);
  await app.row('Bakery').getByRole('checkbox').check();
  await app.row('Cinema').getByRole('checkbox').check();
  await bar(page).getByRole('button', { name: 'Merge into one' }).click();
  await expect(bar(page).getByRole('alert')).toContainText('Only entries of the same kind and amount can be merged');
  await expect(app.rows()).toHaveCount(3);
});

test('by keys alone', { tag: '@javascript' }, async ({ page, app }) => {
  await three(app);
  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  await expect(app.rows().first().getByRole('checkbox')).toBeChecked();
  await page.keyboard.press('t');
  await expect(bar(page).getByLabel('Tags for the selected entries')).toBeFocused();
  await page.keyboard.type('work');
  await page.keyboard.press('Enter');
  await expect(app.toast('1 entry tagged')).toBeVisible();
  await expect(app.rows().first()).toContainText('#work');
  await page.getByRole('heading', { name: 'Expenses', level: 1 }).click();
  await page.keyboard.press('u');
  await expect(app.rows().first()).not.toContainText('#work');
  await page.keyboard.press('j');
  await page.keyboard.press('d');
  await expect(app.rows()).toHaveCount(2);
});

test('what is filtered has a sum, and is a file', async ({ page, app }) => {
  await three(app);
  await expect(page.getByText('Sum: ')).toHaveCount(0);
  await app.visit('/expenses?q=bakery&tags=&status=cleared');
  await expect(app.rows()).toHaveCount(1);
  await expect(page.getByText(/Sum: .*10\.00/)).toBeVisible();
  await page.getByText('Export', { exact: true }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^CSV/ }).click()]);
  expect(file.suggestedFilename()).toMatch(/^expenses-\d{4}-\d\d-\d\d\.csv$/);
});
