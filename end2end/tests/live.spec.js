// Two devices of one person: what is changed on one is seen on the other within a second, and not from under typing hands.
import { expect, test } from '../support/test.js';

const EVENTS = '/api/events';

/** Goes to a page and waits until it listens. */
async function listening(page, app, path) {
  const line = page.waitForResponse((answer) => answer.url().endsWith(EVENTS) && answer.ok());
  await app.visit(path);
  await line;
}

/** Another device of the same person. */
const elsewhere = async (page, browser) => browser.newContext({ storageState: await page.context().storageState() });

const total = (page) => page.getByRole('table', { name: 'The month by category' }).getByRole('row', { name: /^Total/ });

async function add({ request }, baseURL, budgetId, amount) {
  const date = new Date().toISOString().slice(0, 10);
  const data = { amount, currency: 'EUR', date, merchant: 'Corner Shop', category: 'food', budgetId };
  const answer = await request.post(`${baseURL}/api/expenses`, { headers: { Origin: baseURL }, data });
  expect(answer.status()).toBe(201);
}

test('a month follows what another device changes @javascript', async ({ page, app, browser, baseURL }) => {
  await app.signUp();
  const budget = await app.createBudget('4000');
  const device = await elsewhere(page, browser);
  await listening(page, app, `/budgets/${budget}`);
  await add(device, baseURL, budget, 12.3);
  await expect(total(page)).toContainText('12.30', { timeout: 2_000 });
  const change = { version: 1, name: 'Renamed' };
  expect((await device.request.put(`${baseURL}/api/budgets/${budget}`, { headers: { Origin: baseURL }, data: change })).status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1, name: 'Renamed' })).toBeVisible({ timeout: 2_000 });
  await device.close();
});

test('nothing is read anew while somebody types @javascript', async ({ page, app, browser, baseURL }) => {
  await app.signUp();
  const budget = await app.createBudget('4000');
  const device = await elsewhere(page, browser);
  await add(device, baseURL, budget, 1.1);
  await listening(page, app, '/expenses');
  await expect(app.row('Corner Shop')).toHaveCount(1);
  const search = page.getByRole('main').getByRole('searchbox').first();
  await search.focus();
  await page.evaluate((url) => new Promise((ready) => {
    const line = new EventSource(url);
    window.told = new Promise((heard) => line.addEventListener('change', () => heard(true), { once: true }));
    line.onopen = ready;
  }), EVENTS);
  await add(device, baseURL, budget, 4.2);
  await page.evaluate(() => window.told);
  await expect(search).toBeFocused();
  await expect(app.row('Corner Shop')).toHaveCount(1);
  await search.blur();
  await expect(app.row('Corner Shop')).toHaveCount(2, { timeout: 3_000 });
  await device.close();
});
