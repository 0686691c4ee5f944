// What comes by mail, from a real mail server: a sign-up, a forgotten password, another address.
import { linkIn, startMailbox } from '../support/mailbox.js';
import { start } from '../support/server.js';
import { expect, test as base } from '../support/test.js';

const test = base.extend({
  mailbox: [
    async ({}, use) => {
      const mailbox = await startMailbox();
      await use(mailbox);
      await mailbox.stop();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ mailbox }, use) => {
      const server = await start({ EMAIL_PROVIDER: 'smtp', SMTP_URL: mailbox.url, EMAIL_FROM: 'WealthWise <money@example.org>' });
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

let people = 0;
const newcomer = () => ({ name: 'Ada', email: `mail.${process.pid}.${(people += 1)}@example.org`, password: 'four plain words here' });

async function signUp(page, app, { name, email, password }) {
  await app.visit('/auth/signup');
  const main = page.getByRole('main');
  await main.getByLabel('Name').fill(name);
  await main.getByLabel('E-mail').fill(email);
  await main.getByLabel('Password', { exact: true }).fill(password);
  await main.getByRole('checkbox', { name: /terms/ }).check();
  await app.leadsTo('**/auth/check-mail', () => main.getByRole('button', { name: 'Create account' }).click());
}

async function signIn(page, app, { email, password }) {
  await app.visit('/auth/signin');
  const main = page.getByRole('main');
  await main.getByLabel('E-mail').fill(email);
  await main.getByLabel('Password', { exact: true }).fill(password);
  await app.leadsTo(/dashboard|welcome/, () => main.getByRole('button', { name: 'Sign in' }).click());
}

test('from a sign-up over its mail to signing in', async ({ page, app, mailbox }) => {
  const person = newcomer();
  await signUp(page, app, person);
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
  const mail = await mailbox.mailTo(person.email);
  expect(mail.subject).toBe('Confirm your address');
  expect(mail.html).toContain(`>Confirm my address</a>`);
  await app.visit(linkIn(mail));
  const confirm = page.getByRole('button', { name: 'Confirm my address' });
  await app.leadsTo('**/auth/signin', () => confirm.click());
  await signIn(page, app, person);

  // The same address once more: the page says the same, the mail says what it is.
  await page.context().clearCookies();
  await signUp(page, app, { ...person, name: 'Eve' });
  expect((await mailbox.mailTo(person.email)).subject).toBe('You already have an account');
});

test('a forgotten password', async ({ page, app, mailbox }) => {
  const person = newcomer();
  await signUp(page, app, person);
  await mailbox.mailTo(person.email);
  await app.visit('/auth/signin');
  await app.leadsTo('**/auth/forgot-password', () => page.getByRole('link', { name: 'Forgot your password?' }).click());
  await page.getByRole('main').getByLabel('E-mail').fill(person.email);
  await app.leadsTo('**/auth/check-mail', () => page.getByRole('button', { name: 'Send the link' }).click());
  const link = linkIn(await mailbox.mailTo(person.email));
  await app.visit(link);
  const field = page.getByLabel('New password');
  await field.fill('short');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByText('At least 8 characters.').first()).toBeVisible();
  await field.fill('some other plain words');
  await app.leadsTo('**/auth/signin', () => page.getByRole('button', { name: 'Set the password' }).click());
  expect((await mailbox.mailTo(person.email)).subject).toBe('Your password was changed');
  await signIn(page, app, { ...person, password: 'some other plain words' });
  // A link counts once.
  await page.context().clearCookies();
  await app.visit(link);
  await page.getByLabel('New password').fill('yet more plain words');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByText("This link doesn't work.")).toBeVisible();
});

test('another address', async ({ page, app, mailbox }) => {
  const person = newcomer();
  await signUp(page, app, person);
  await mailbox.mailTo(person.email);
  await signIn(page, app, person);
  await app.visit('/settings/security');
  await expect(page.getByText('This address is not confirmed yet.')).toBeVisible();
  await page.getByText('Change address').first().click();
  const other = newcomer().email;
  await page.getByLabel('New address').fill(other);
  const form = page.locator('form').filter({ has: page.getByLabel('New address') });
  await form.getByLabel('Current password').fill(person.password);
  await form.getByRole('button', { name: 'Change address' }).click();
  await expect(app.toast('A mail is on its way')).toBeVisible();
  await app.visit(linkIn(await mailbox.mailTo(other)));
  await app.leadsTo('**/settings/security', () => page.getByRole('button', { name: 'Confirm my address' }).click());
  await expect(page.getByRole('main').getByText(other)).toBeVisible();
  expect((await mailbox.mailTo(person.email)).subject).toBe('Your address was changed');
});
