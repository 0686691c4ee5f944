// How one proves who one is: another password, the second step at sign-in, devices, keys for programs.
import { createHmac } from 'node:crypto';
import { expect, test } from '../support/test.js';

/** The code of an authenticator app at a time in seconds (RFC 6238). */
function code(key, seconds) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replaceAll(' ', '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const digest = createHmac('sha1', bytes).update(counter).digest();
  const offset = digest.at(-1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const form = (page, name) => page.getByRole('main').locator('form').filter({ has: page.getByRole('button', { name, exact: true }) });

async function signIn(page, app, { email, password }) {
  await app.visit('/auth/signin');
  const main = page.getByRole('main');
  await main.getByLabel('E-mail').fill(email);
  await main.getByLabel('Password', { exact: true }).fill(password);
  await main.getByRole('button', { name: 'Sign in' }).click();
}

test('another password', async ({ page, app }) => {
  const person = await app.signUp();
  await app.visit('/settings/security');
  const change = form(page, 'Change password');
  await change.getByLabel('Current password').fill('not this one');
  await change.getByLabel('New password').fill('another few plain words');
  await change.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('This is not your password.').first()).toBeVisible();
  await change.getByLabel('Current password').fill(person.password);
  await change.getByLabel('New password').fill('another few plain words');
  await change.getByRole('button', { name: 'Change password' }).click();
  await expect(app.toast('Password changed')).toBeVisible();
  await app.visit('/dashboard');
  await expect(page).toHaveURL(/dashboard/);
  await page.context().clearCookies();
  await signIn(page, app, person);
  await expect(page.getByText("E-mail and password don't match")).toBeVisible();
  await app.leadsTo(/dashboard/, () => signIn(page, app, { ...person, password: 'another few plain words' }));
});

test('how soon a password would be guessed stands under it', { tag: '@javascript' }, async ({ page, app }) => {
  await app.visit('/auth/signup');
  const field = page.getByRole('main').getByLabel('Password', { exact: true });
  for (const [password, text] of [
    ['short', 'Too short'],
    ['password1', 'Guessed soon: rather a few words in a row'],
    ['correct horse battery', 'Very good'],
  ]) {
    await field.fill(password);
    await expect(page.getByText(text, { exact: true })).toBeVisible();
  }
  await field.fill('');
  await expect(page.getByText('Very good', { exact: true })).toBeHidden();
});

test('the second step, from setting it up to a recovery code', async ({ page, app }) => {
  const person = await app.signUp();
  await app.visit('/settings/security');
  const begin = form(page, 'Set up');
  await begin.getByLabel('Current password').fill(person.password);
  await begin.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('img', { name: 'QR code for an authenticator app' })).toBeVisible();
  const key = (await page.getByText('Or type this key').innerText()).split(': ')[1];
  const now = Date.now() / 1000;
  await page.getByLabel('Code', { exact: true }).fill(code(key, now));
  await page.getByRole('button', { name: 'Switch on' }).click();
  const shown = page.getByRole('status').filter({ hasText: 'Your recovery codes' });
  await expect(shown.getByRole('listitem')).toHaveCount(10);
  const recovery = await shown.getByRole('listitem').first().innerText();
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible();
  await app.visit('/settings/security');
  await expect(page.getByText(recovery), 'shown once').toHaveCount(0);

  await page.context().clearCookies();
  await signIn(page, app, person);
  const field = page.getByLabel('Code from your app');
  await expect(field).toBeVisible();
  const main = page.getByRole('main');
  // Without JavaScript the password is not kept.
  if (!app.hydrated) await main.getByLabel('Password', { exact: true }).fill(person.password);
  await field.fill('000000');
  await main.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText("This code doesn't count").first()).toBeVisible();
  await expect(field).toBeVisible();
  if (!app.hydrated) await main.getByLabel('Password', { exact: true }).fill(person.password);
  await field.fill(recovery.toUpperCase());
  await app.leadsTo(/dashboard/, () => main.getByRole('button', { name: 'Sign in' }).click());
  await app.visit('/settings/security');
  await expect(page.getByText('9 recovery codes are left.')).toBeVisible();
});

test('a device is signed out from another one', async ({ page, app, browser, baseURL, javaScriptEnabled }) => {
  const person = await app.signUp();
  const other = await browser.newContext({ baseURL, javaScriptEnabled });
  const phone = await other.newPage();
  const signedIn = await phone.request.post('/api/auth/login', { data: { email: person.email, password: person.password } });
  expect(signedIn.ok()).toBe(true);
  await app.visit('/settings/security');
  await expect(page.getByText('This device')).toHaveCount(1);
  await page.getByRole('button', { name: 'Sign out', exact: true }).filter({ visible: true }).last().click();
  await expect(app.toast('Device signed out')).toBeVisible();
  expect((await phone.request.get('/api/auth/me')).status()).toBe(401);
  await app.visit('/dashboard');
  await expect(page).toHaveURL(/dashboard/);
  await other.close();
});

test('a key for a program is shown once, works, and ends', async ({ page, app, playwright, baseURL }) => {
  await app.signUp();
  await app.visit('/settings/security');
  const make = form(page, 'Make a key');
  await make.getByLabel('What it is for').fill('Spreadsheet');
  await make.getByRole('button', { name: 'Make a key' }).click();
  const shown = page.getByRole('status').filter({ hasText: 'Your new key' });
  const key = await shown.getByRole('listitem').innerText();
  expect(key).toMatch(/^ww_[\w-]{43}$/);
  const program = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { 'x-api-key': key } });
  expect((await program.get('/api/expenses')).status()).toBe(200);
  expect((await program.post('/api/budgets', { data: { name: 'No', monthlyIncome: 1, currency: 'EUR' } })).status()).toBe(403);
  await app.visit('/settings/security');
  await expect(page.getByText(key)).toHaveCount(0);
  await expect(page.getByText('Spreadsheet')).toBeVisible();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(app.toast('Key revoked')).toBeVisible();
  await expect(page.getByText('There is no key.')).toBeVisible();
  expect((await program.get('/api/expenses')).status()).toBe(401);
  await program.dispose();
});
