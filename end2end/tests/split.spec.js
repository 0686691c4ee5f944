// The program in parts: what a page fetches, and what happens when a part can't be fetched.
import { expect, test } from '../support/test.js';

const EXPENSES = /\/pkg\/[^/]*expenses[^/]*\.wasm$/;
const PART_OF_EXPENSES = /\/pkg\/expenses-[0-9a-f]+\.wasm$/;

/** The way to the expenses, in the sidebar or among the tabs. */
const wayTo = (page, name) => page.getByRole('navigation').getByRole('link', { name }).filter({ visible: true });

/**
 * The addresses of all WASM files that are asked for from now on. Leaves the page that was there, and takes the pointer off
 * what the next one may show in its place: a link under it is fetched as if somebody were about to press it.
 */
async function fetched(page) {
  await page.mouse.move(0, 0);
  await page.goto('about:blank');
  const files = [];
  page.on('request', (request) => request.url().endsWith('.wasm') && files.push(new URL(request.url()).pathname));
  return files;
}

test('a page fetches its part on the way, once @javascript', async ({ page, app }) => {
  await app.signUp();
  await app.createBudget();
  const files = await fetched(page);
  await app.visit('/dashboard');
  expect(files.filter((file) => EXPENSES.test(file)), 'the dashboard needs the main file only').toEqual([]);
  await page.evaluate(() => (window.sameDocument = true));
  await wayTo(page, 'Expenses').click();
  await expect(page).toHaveURL(/\/expenses$/);
  await expect(page.getByRole('heading', { name: 'Expenses', level: 1 })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Add expense' }).first().click();
  await app.addExpense(page.getByRole('dialog', { name: 'Add expense' }), { amount: '4.20', merchant: 'Corner Shop' });
  await page.keyboard.press('Escape');
  await wayTo(page, 'Dashboard').click();
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible();
  await wayTo(page, 'Expenses').click();
  await expect(app.row('Corner Shop')).toBeVisible();
  expect(files.filter((file) => PART_OF_EXPENSES.test(file))).toHaveLength(1);
  expect(await page.evaluate(() => window.sameDocument), 'no page was loaded anew').toBe(true);
});

test('a part is fetched when somebody comes to the link @javascript', async ({ page, app }) => {
  await app.signUp();
  await app.visit('/dashboard');
  const asked = page.waitForRequest(PART_OF_EXPENSES);
  await wayTo(page, 'Expenses').focus();
  await asked;
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('a page asks for its part, and for no other @javascript', async ({ page, app }) => {
  await app.signUp();
  const files = await fetched(page);
  await app.visit('/expenses');
  const preloads = await page.locator('link[rel=preload][as=fetch]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(preloads.some((file) => PART_OF_EXPENSES.test(file))).toBe(true);
  const parts = files.filter((file) => !/wealthwise_bg|wealthwise-/.test(file));
  expect(files.length, 'the main file, once').toBe(parts.length + 1);
  expect(parts.sort(), 'each is asked for early, and once').toEqual(preloads.sort());
  await app.visit('/dashboard');
  await expect(page.locator('link[rel=preload][as=fetch]')).toHaveCount(0);
});

test.describe('a part that can\'t be fetched', () => {
  test('on the way: the page comes whole from the server @javascript', async ({ page, app }) => {
    await app.signUp();
    const other = await page.context().newPage(); // one that may complain
    let away = true;
    await other.route(PART_OF_EXPENSES, (route) => (away ? route.abort() : route.continue()));
    await other.goto('/dashboard');
    await expect(other.locator('html[data-ready]')).toBeAttached();
    await other.evaluate(() => (window.sameDocument = true));
    other.on('request', (request) => {
      if (request.isNavigationRequest()) away = false;
    });
    await wayTo(other, 'Expenses').click();
    await expect(other).toHaveURL(/\/expenses$/);
    await expect(other.getByRole('heading', { name: 'Expenses', level: 1 })).toBeVisible();
    await expect(other.locator('html[data-ready]')).toBeAttached();
    expect(await other.evaluate(() => window.sameDocument)).toBeUndefined();
    await other.goBack();
    await expect(other.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible();
  });

  test('at first: the page stays as the server sent it, and works @javascript', async ({ page, app }) => {
    await app.signUp();
    const other = await page.context().newPage();
    await other.route(EXPENSES, (route) => route.abort());
    const failed = other.waitForEvent('pageerror');
    await other.goto('/expenses');
    await failed;
    await other.getByRole('main').getByRole('link', { name: 'Add expense' }).first().click();
    const sheet = other.getByRole('dialog', { name: 'Add expense' });
    await sheet.getByLabel('Amount').fill('4.20');
    await sheet.getByLabel('Merchant').fill('Corner Shop');
    await sheet.getByLabel('Merchant').press('Enter');
    await expect(other.getByRole('status', { name: 'Messages' })).toContainText('Corner Shop');
  });
});
