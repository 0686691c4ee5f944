// What everybody has a right to: all of their data as one file, and the end of their account, with a way back.
import { readFile } from 'node:fs/promises';
import { filesOf } from '../support/archive.js';
import { expect, test } from '../support/test.js';

async function signIn(page, app, { email, password }, address) {
  await app.visit('/auth/signin');
  const main = page.getByRole('main');
  await main.getByLabel('E-mail').fill(email);
  await main.getByLabel('Password', { exact: true }).fill(password);
  await app.leadsTo(address, () => main.getByRole('button', { name: 'Sign in' }).click());
}

test('everything is downloaded as one archive', async ({ page, app }) => {
  const person = await app.signUp();
  await app.createBudget();
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '12.50', merchant: 'Bakery' });
  await app.visit('/settings/data');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download everything' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^wealthwise-\d{4}-\d\d-\d\d\.zip$/);
  const files = filesOf(await readFile(await download.path()));
  const read = (name) => files[name].toString();
  expect(read('README.txt')).toContain(`All data of ${person.name}`);
  expect(JSON.parse(read('expenses.json'))).toEqual([expect.objectContaining({ merchant: 'Bakery', amount: 12.5 })]);
  expect(read('expenses.csv')).toMatch(/-12\.50,[A-Z]{3},Bakery/);
  expect(JSON.parse(read('profile.json')).user.email).toBe(person.email);
});

test('an account is ended, and kept after all', async ({ page, app }) => {
  const person = await app.signUp();
  await app.createBudget();
  await app.visit('/settings/data');
  const card = page.locator('section.card', { has: page.getByRole('heading', { name: 'Delete your account' }) });
  await expect(card.getByText('For 14 days: nothing is deleted yet.')).toBeVisible();
  await card.getByText('I want to delete my account').click();
  const leave = card.getByRole('button', { name: 'Delete my account' });
  await card.getByLabel('Current password', { exact: true }).fill('not the password');
  await leave.click();
  await expect(page.getByText('This is not your password.').first()).toBeVisible();
  if (!(await leave.isVisible())) await card.getByText('I want to delete my account').click();
  await card.getByLabel('Current password', { exact: true }).fill(person.password);
  await app.leadsTo('**/auth/signin', () => leave.click());
  await expect(app.toast('Your account will be deleted on')).toBeVisible();

  await signIn(page, app, person, '**/settings/leaving');
  await expect(page.getByRole('heading', { name: 'Your account will be deleted' })).toBeVisible();
  await page.goto('/expenses');
  await expect(page).toHaveURL(/\/settings\/leaving$/);
  await app.ready();
  await app.leadsTo('**/dashboard', () => page.getByRole('button', { name: 'Keep my account' }).click());
  await expect(app.toast('Your account stays.')).toBeVisible();
  await app.visit('/budgets');
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
});

test('a picture, and what one says of oneself', async ({ page, app }) => {
  await app.signUp();
  await app.visit('/settings/profile');
  await page.getByText('Choose a picture').first().click();
  const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture });
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await expect(app.toast('Picture saved')).toBeVisible();
  await app.ready();
  const shown = page.getByRole('main').locator('img.avatar');
  await expect.poll(() => shown.evaluate((image) => image.naturalWidth)).toBe(256);
  await page.getByLabel('City').fill('Ulm');
  await page.getByLabel('People in your household').selectOption('3');
  await page.getByRole('button', { name: 'Save profile' }).click();
  await expect(app.toast('Ada Example saved')).toBeVisible();
  await app.ready();
  await app.visit('/settings/profile');
  await expect(page.getByLabel('City')).toHaveValue('Ulm');
  await expect(page.getByLabel('People in your household')).toHaveValue('3');
});

test('switches stay as they were set', async ({ page, app }) => {
  await app.signUp();
  await app.visit('/settings/preferences');
  const switches = page.locator('form#switches');
  await switches.getByLabel('By e-mail').uncheck();
  await switches.getByLabel('The assistant may ask').check();
  await switches.getByRole('button', { name: 'Save' }).click();
  await expect(app.toast('Preferences saved')).toBeVisible();
  await app.visit('/settings/preferences');
  await expect(switches.getByLabel('By e-mail')).not.toBeChecked();
  await expect(switches.getByLabel('The assistant may ask')).toBeChecked();
});
