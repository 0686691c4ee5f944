// Bank files.
import { bankFile } from '../support/files.js';
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
  await app.createBudget();
});

test('a file is looked at, added, known the second time, and taken back', async ({ page, app }) => {
  await app.upload(bankFile('giro.ofx'));
  const preview = page.getByRole('table', { name: 'Rows of the file, and what becomes of each' });
  await expect(preview.locator('tbody').getByRole('row')).toHaveCount(4);
  await expect(preview.getByRole('row', { name: /Example Works/ })).toContainText('+€2,100.50');
  await page.reload();
  await app.ready();
  await app.leadsTo(/importId=/, () => page.getByRole('button', { name: 'Add 4 expenses' }).click());
  await expect(app.rows()).toHaveCount(4);

  await app.upload(bankFile('giro.ofx'));
  await expect(page.getByText('All of it is here already')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Add/ })).toHaveCount(0);

  await app.visit('/expenses/import');
  const files = page.getByRole('table', { name: /Bank files that were read before/ });
  const added = files.getByRole('row').filter({ hasText: 'Added' });
  await added.getByText('Take back').click();
  await added.getByRole('button', { name: 'Remove 4 rows' }).click();
  await expect(app.toast('4 entries taken back')).toBeVisible();
  await expect(files.getByRole('row').filter({ hasText: 'Taken back' })).toHaveCount(1);
  await app.visit('/expenses');
  await expect(page.getByRole('heading', { name: 'Your expenses will appear here' })).toBeVisible();
});

test('the undo after adding a file takes it back', async ({ page, app }) => {
  await app.upload(bankFile('giro.ofx'));
  await app.leadsTo(/importId=/, () => page.getByRole('button', { name: 'Add 4 expenses' }).click());
  await app.toast('4 entries added').getByRole('button', { name: 'Undo' }).click();
  await expect(app.toast('4 entries taken back')).toBeVisible();
});

test('a file that leaves something open asks', async ({ page, app }) => {
  await app.upload(bankFile('questions.csv', 'text/csv'));
  await expect(page.getByText(/question(s)? first/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Add \d/ })).toHaveCount(0);
  await page.getByRole('radio', { name: /^Day, month, year/ }).check();
  const marks = page.getByRole('radio', { name: /^A comma/ });
  if (await marks.count()) await marks.check();
  await page.getByRole('button', { name: 'Read the file this way' }).click();
  await expect(page.getByRole('button', { name: 'Add 2 expenses' })).toBeVisible();
});

test('what is no bank file is refused with a reason', async ({ page, app }) => {
  await app.visit('/expenses/import');
  const form = page.getByRole('main');
  await form.getByLabel('Bank file').setInputFiles(bankFile('picture.csv', 'text/csv'));
  if (!app.hydrated) await form.getByRole('button', { name: 'Show the preview' }).click();
  await expect(form.getByRole('alert')).toContainText('This isn\'t a bank file that is known here');
  await expect(page).toHaveURL(/\/expenses\/import$/);
  await app.ready();
});
