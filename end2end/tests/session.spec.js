// Who is signed in, in which language, in which colours.
import { expect, test } from '../support/test.js';

test('a page for members leads through sign-in and on', async ({ page, app }) => {
  const person = await app.signUp();
  await page.context().clearCookies();
  await app.visit('/expenses?category=food');
  await expect(page).toHaveURL(/\/auth\/signin\?next=/);
  const form = page.getByRole('main');
  await form.getByLabel('E-mail').fill(person.email);
  await form.getByLabel('Password', { exact: true }).fill('not this one at all');
  await form.getByRole('button', { name: 'Sign in' }).click();
  await expect(form.getByRole('alert')).toContainText('E-mail and password don\'t match');
  await expect(form.getByLabel('E-mail')).toHaveValue(person.email);
  await form.getByLabel('Password', { exact: true }).fill(person.password);
  await app.leadsTo('**/expenses?category=food', () => form.getByRole('button', { name: 'Sign in' }).click());
  await expect(page.getByRole('heading', { name: 'Expenses', level: 1 })).toBeVisible();
});

test('a foreign next is not followed', async ({ page, app }) => {
  const person = await app.signUp();
  await page.context().clearCookies();
  await app.visit('/auth/signin?next=//example.org/');
  const form = page.getByRole('main');
  await form.getByLabel('E-mail').fill(person.email);
  await form.getByLabel('Password', { exact: true }).fill(person.password);
  await app.leadsTo('**/dashboard', () => form.getByRole('button', { name: 'Sign in' }).click());
});

test('a sign-up with faults names them all and keeps what was typed', async ({ page, app }) => {
  await app.visit('/auth/signup');
  const form = page.getByRole('main');
  await form.getByLabel('Name').fill('Ada');
  await form.getByLabel('E-mail').fill('no address');
  await form.getByLabel('Password', { exact: true }).fill('short');
  await form.getByRole('button', { name: 'Create account' }).click();
  await expect(form.getByRole('alert')).toContainText('3 fields need another look');
  await expect(form.getByLabel('E-mail')).toHaveAccessibleDescription(/looks like/);
  await expect(form.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/At least 8/);
  await expect(form.getByLabel('Name')).toHaveValue('Ada');
});

test('German words, numbers and dates', async ({ page, app }) => {
  await app.signUp();
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '1234.50', merchant: 'Piano House' });
  await app.visit('/settings/preferences');
  await page.getByRole('main').getByLabel('Language', { exact: true }).selectOption('de-DE');
  await page.getByRole('button', { name: 'Save preferences' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de-DE');
  await app.ready();
  await app.visit('/expenses');
  await expect(page.getByRole('heading', { name: 'Ausgaben', level: 1 })).toBeVisible();
  await expect(page.getByRole('row', { name: /Piano House/ })).toContainText('−1.234,50');
  await expect(page.getByRole('row', { name: /Piano House/ })).toContainText('Heute');
  await app.visit('/expenses?add=1');
  const german = page.getByRole('dialog', { name: 'Ausgabe eintragen' });
  await german.getByLabel('Betrag').fill('9,90');
  await german.getByLabel('Händler').fill('Bäckerei');
  await german.getByRole('button', { name: 'Ausgabe eintragen' }).click();
  await expect(page.getByRole('status', { name: 'Meldungen' })).toContainText('Bäckerei');
});

test('the colours of choice stay', async ({ page, app }) => {
  await app.signUp();
  await app.visit('/settings/preferences');
  await page.getByRole('main').getByLabel('Appearance').selectOption({ label: 'Dark' });
  await page.getByRole('button', { name: 'Save preferences' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await app.ready();
  await app.visit('/expenses');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('who signs out is out', async ({ page, app }) => {
  await app.signUp();
  await app.visit('/dashboard');
  await page.getByRole('banner').getByText('Ada Example').or(page.getByLabel(/^Account/)).first().click();
  await app.leadsTo((url) => !url.pathname.startsWith('/dashboard'), () => page.getByRole('button', { name: 'Sign out' }).click());
  await app.visit('/dashboard');
  await expect(page).toHaveURL(/\/auth\/signin/);
});
