// Every page for every body: no fault that axe knows, in light and dark, and no sideways scroll on the narrowest phone.
import AxeBuilder from '@axe-core/playwright';
import { household, PUBLIC } from '../support/household.js';
import { expect, test } from '../support/test.js';

test.describe.configure({ mode: 'parallel' });

/** What opens, goes wrong or appears on a page: its name, where, and how one gets there. */
const STATES = [
  ['the account menu', '/dashboard', (page) => page.getByLabel(/^Account/).click()],
  ['the menu of budgets', '/dashboard', (page) => page.getByLabel(/^Budget: /).click()],
  ['more filters', '/expenses', (page) => page.getByText('More filters').click()],
  ['the sheet with all fields', '/expenses?add=1', (page) => sheet(page).getByText('More', { exact: false }).first().click()],
  ['the sheet with faults', '/expenses?add=1', (page) => refused(sheet(page), 'Add expense')],
  ['a message with its undo', '/expenses', remove],
  ['taking a file back', '/expenses/import', (page) => page.getByText('Take back').first().click()],
  ['a budget with faults', '/budgets/new', (page) => refused(page.getByRole('main'), 'Create budget')],
  ['a step without an income', '/welcome', (page) => refused(page.getByRole('main'), 'Continue')],
  ['a proposal whose shares were changed', '/welcome?step=plan&income=4000.00&currency=EUR&shares=9000-0-0-0-0-0-0-0-0-0',
    (page) => refused(page.getByRole('main'), 'Create budget')],
  ['an account that is changed', '/settings/accounts', (page) => page.getByText('Change', { exact: true }).first().click()],
  ['the end of an account, wrongly proved', '/settings/data', async (page) => {
    await page.getByText('I want to delete my account').click();
    await page.getByLabel('Current password').fill('not this one');
    await refused(page.getByRole('main'), /^Delete/);
  }],
  ['a password that would be guessed soon', '/settings/security', async (page) => {
    await page.getByLabel('New password').fill('password1');
    await expect(page.getByText('Guessed soon', { exact: false })).toBeVisible();
  }],
  ['a profile with faults', '/settings/profile', async (page) => {
    await page.getByRole('main').getByLabel('Name').fill('');
    await refused(page.getByRole('main'), /^Save/);
  }],
];

const sheet = (page) => page.getByRole('dialog', { name: 'Add expense' });

/** Sends a form as it stands, and waits for its list of faults. */
async function refused(form, button) {
  await form.getByRole('button', { name: button }).first().click();
  await expect(form.getByRole('alert').first()).toBeVisible();
}

/** Deletes a row; the message stays for as long as its button has the focus. */
async function remove(page, app) {
  await app.leadsTo(/edit=/, () => app.row('Card fee').getByRole('link').click());
  await page.getByRole('dialog', { name: 'Edit expense' }).getByRole('button', { name: 'Delete' }).click();
  await app.toast('Card fee').getByRole('button', { name: 'Undo' }).focus();
}

/** All rules in light; in dark only what depends on colours. */
const LOOKS = {
  light: (axe) => axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']),
  dark: (axe) => axe.withRules(['color-contrast', 'link-in-text-block']),
};

async function check(page, address, without = []) {
  for (const [colorScheme, rules] of Object.entries(LOOKS)) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await rules(new AxeBuilder({ page })).disableRules(without).analyze();
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
    expect.soft(faults, `${address} in ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(overflow, `${address}: sideways scroll at 320 px`).toBe(0);
}

test('public pages', { tag: '@javascript' }, async ({ page, app }) => {
  test.setTimeout(180_000);
  const size = page.viewportSize();
  for (const address of PUBLIC) {
    await page.setViewportSize(size);
    await app.visit(address);
    await check(page, address);
  }
});

test('pages of who is signed in', { tag: '@javascript' }, async ({ page, app, baseURL }) => {
  test.setTimeout(240_000);
  const size = page.viewportSize();
  for (const [name, address] of Object.entries(await household(page, baseURL))) {
    await page.setViewportSize(size);
    await app.visit(address);
    await check(page, name);
  }
});

test('what opens, goes wrong or appears on them', { tag: '@javascript' }, async ({ page, app, baseURL }) => {
  test.setTimeout(240_000);
  const size = page.viewportSize();
  await household(page, baseURL);
  for (const [name, address, open] of STATES) {
    await page.setViewportSize(size);
    await app.visit(address);
    await open(page, app);
    await check(page, name);
  }
});

test('a sign-in and a sign-up that are refused', { tag: '@javascript' }, async ({ page, app }) => {
  const size = page.viewportSize();
  for (const [address, button] of [['/auth/signin', 'Sign in'], ['/auth/signup', 'Create account']]) {
    await page.setViewportSize(size);
    await app.visit(address);
    await refused(page.getByRole('main'), button);
    await check(page, `${address} with faults`);
  }
});

test('the page of an account that will be deleted', { tag: '@javascript' }, async ({ page, app, baseURL }) => {
  const person = await app.signUp();
  const headers = { Origin: baseURL };
  const left = await page.request.delete('/api/auth/me', { headers, data: { currentPassword: person.password } });
  expect(left.status()).toBe(202);
  const { email, password } = person;
  expect((await page.request.post('/api/auth/login', { headers, data: { email, password } })).ok()).toBe(true);
  await app.visit('/settings/leaving');
  await expect(page.getByRole('heading', { name: 'Your account will be deleted' })).toBeVisible();
  await check(page, '/settings/leaving');
});

test('the parts of the style guide', { tag: '@javascript' }, async ({ page, app }) => {
  test.setTimeout(120_000);
  const size = page.viewportSize();
  await app.signUp();
  await app.visit('/styleguide');
  const parts = page.getByRole('navigation', { name: 'Style guide' }).getByRole('link');
  const addresses = await parts.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(addresses.length).toBeGreaterThan(4);
  for (const address of addresses) {
    await page.setViewportSize(size);
    await app.visit(address);
    // The navigation that is shown as a part stands beside that of the page itself.
    await check(page, address, ['landmark-unique']);
  }
});

test('a page whose line is cut', { tag: '@javascript' }, async ({ page, app, baseURL, context }) => {
  await household(page, baseURL);
  await app.visit('/dashboard');
  await context.setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await check(page, 'offline');
});
