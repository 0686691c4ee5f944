// Sign-in at another place: a newcomer, somebody known, an account that is linked and unlinked, and one that isn't given
// away.
import { startIssuer } from '../support/issuer.js';
import { start } from '../support/server.js';
import { expect, test as base } from '../support/test.js';

const test = base.extend({
  issuer: [
    async ({}, use) => {
      const issuer = await startIssuer();
      await use(issuer);
      await issuer.stop();
    },
    { scope: 'worker' },
  ],

  server: [
    async ({ issuer }, use) => {
      const server = await start(issuer.environment);
      issuer.register(`${server.url}/api/auth/oidc/callback`);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

let people = 0;
const newAddress = () => `ida.${process.pid}.${(people += 1)}@example.org`;
const main = (page) => page.getByRole('main');

/** Signs in at the other place, where the page is now. */
async function goIn(page, email) {
  await page.getByLabel('Who').fill(email);
  await page.getByRole('button', { name: 'Go in' }).click();
}

/** Forgets who is signed in here; the other place remembers. */
const signOut = (page) => page.context().clearCookies({ domain: 'localhost' });

/** To the other place, from a page of ours. */
async function leave(page, app, path, link) {
  await app.visit(path);
  await main(page).getByRole('link', { name: link }).click();
}

test('a newcomer signs up by another place, and in again', async ({ page, app }) => {
  const email = newAddress();
  await leave(page, app, '/auth/signup', 'Continue with The House');
  await app.leadsTo('**/auth/continue', () => goIn(page, email));
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await expect(page.getByText(`The House tells us that you are ${email}.`)).toBeVisible();
  await expect(main(page).getByLabel('Name')).toHaveValue('Ida Example');
  await main(page).getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('An account needs the terms to be accepted.').first()).toBeVisible();
  await main(page).getByRole('checkbox', { name: /terms/ }).check();
  await app.leadsTo('**/welcome', () => main(page).getByRole('button', { name: 'Create account' }).click());
  await app.visit('/settings/security');
  await expect(page.getByText('You sign in without a password.')).toBeVisible();
  await expect(page.getByText(`${email} · linked today`)).toBeVisible();

  // Where they wanted to go, without a question: the other place remembers them.
  await signOut(page);
  await page.goto('/expenses');
  await app.ready();
  await app.leadsTo('**/expenses', () => main(page).getByRole('link', { name: 'Continue with The House' }).click());
  await expect(page.getByRole('heading', { level: 1, name: 'Expenses' })).toBeVisible();

  // The only way in stays; with a password it may go.
  await app.visit('/settings/security');
  await page.getByRole('form', { name: 'Unlink The House' }).getByRole('button', { name: 'Unlink' }).click();
  await expect(page.getByText('This is the only way into your account.').first()).toBeVisible();
  await main(page).getByLabel('New password').fill('four plain words here');
  await main(page).getByRole('button', { name: 'Set a password' }).click();
  await expect(app.toast('Password changed')).toBeVisible();
  await page.getByRole('form', { name: 'Unlink The House' }).getByRole('button', { name: 'Unlink' }).click();
  await expect(app.toast('Unlinked')).toBeVisible();
});

test('an account is linked in its settings, and unlinked', async ({ page, app }) => {
  const person = await app.signUp();
  await leave(page, app, '/settings/security', 'Link The House');
  await app.leadsTo('**/auth/continue', () => goIn(page, person.email));
  await expect(page.getByRole('heading', { name: 'Link The House?' })).toBeVisible();
  await main(page).getByLabel('Current password').fill('not this one');
  await main(page).getByRole('button', { name: 'Link The House' }).click();
  await expect(page.getByText('This is not your password.').first()).toBeVisible();
  await main(page).getByLabel('Current password').fill(person.password);
  await app.leadsTo('**/settings/security', () => main(page).getByRole('button', { name: 'Link The House' }).click());
  await expect(app.toast('The House is linked')).toBeVisible();
  await expect(page.getByText(`${person.email} · linked today`)).toBeVisible();

  await signOut(page);
  await app.visit('/auth/signin');
  await app.leadsTo('**/dashboard', () => main(page).getByRole('link', { name: 'Continue with The House' }).click());

  await app.visit('/settings/security');
  await page.getByRole('form', { name: 'Unlink The House' }).getByRole('button', { name: 'Unlink' }).click();
  await expect(app.toast('Unlinked')).toBeVisible();
  await expect(main(page).getByRole('link', { name: 'Link The House' })).toBeVisible();
  await signOut(page);
  await app.visit('/auth/signin');
  await app.leadsTo('**/auth/continue', () => main(page).getByRole('link', { name: 'Continue with The House' }).click());
  await expect(page.getByRole('heading', { name: 'You have an account already' })).toBeVisible();
});

test('who has the same address there does not get in here', async ({ page, app }) => {
  const person = await app.signUp();
  await signOut(page);
  await leave(page, app, '/auth/signin', 'Continue with The House');
  await app.leadsTo('**/auth/continue', () => goIn(page, person.email));
  await expect(page.getByRole('heading', { name: 'You have an account already' })).toBeVisible();
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/auth\/signin/);

  // The owner signs in on the way, and is led to where it can be linked.
  await app.visit('/auth/continue');
  await app.leadsTo(/auth\/signin/, () => main(page).getByRole('link', { name: 'Sign in' }).click());
  await main(page).getByLabel('E-mail').fill(person.email);
  await main(page).getByLabel('Password', { exact: true }).fill(person.password);
  await app.leadsTo('**/settings/security', () => main(page).getByRole('button', { name: 'Sign in' }).click());
  await expect(main(page).getByRole('link', { name: 'Link The House' })).toBeVisible();
});

test('an address that nobody has confirmed, and a way that is broken off', async ({ page, app }) => {
  await leave(page, app, '/auth/signup', 'Continue with The House');
  await app.leadsTo('**/auth/continue', () => goIn(page, `unconfirmed.${newAddress()}`));
  await expect(page.getByRole('heading', { name: "The House doesn't vouch for your address" })).toBeVisible();
  await page.context().clearCookies();
  await leave(page, app, '/auth/signin', 'Continue with The House');
  await app.leadsTo('**/auth/continue?*', () => page.getByRole('button', { name: 'Cancel' }).click());
  await expect(page.getByRole('heading', { name: 'You stopped at The House' })).toBeVisible();
  await main(page).getByRole('link', { name: 'Try The House again' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in at The House' })).toBeVisible();
});
