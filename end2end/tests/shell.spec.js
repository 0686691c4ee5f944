// What stands around the pages: the palette, the shortcuts, the bell, the chart under the pointer, the way in.
import { household } from '../support/household.js';
import { expect, test } from '../support/test.js';

test('the palette finds pages, actions and expenses', { tag: '@javascript' }, async ({ page, app, baseURL }) => {
  await household(page, baseURL);
  await app.visit('/dashboard');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search and jump' });
  const field = palette.getByRole('combobox', { name: 'Search and jump' });
  await expect(field).toBeFocused();
  await page.keyboard.type('imp ba');
  await expect(palette.getByRole('option', { selected: true })).toContainText('Import a bank file');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/expenses\/import$/);
  await expect(palette).toBeHidden();

  const { data } = await (await page.request.get('/api/expenses?limit=1')).json();
  const [word] = data[0].merchant.split(' ');
  await page.keyboard.press('Control+k');
  await page.keyboard.type(word);
  const found = palette.getByRole('option').filter({ hasText: data[0].merchant }).first();
  await expect(found).toBeVisible();
  await palette.getByRole('option', { name: `All expenses with “${word}”` }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/expenses' && url.searchParams.get('q') === word);

  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('shortcuts work on every page', { tag: '@javascript' }, async ({ page, app, baseURL }) => {
  await household(page, baseURL);
  await app.visit('/budgets');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/budgets$/);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/\/settings\/preferences$/);
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'Add expense' }).getByLabel('Amount')).toBeFocused();
});

test('a chart answers to the pointer, and its links stay', { tag: '@javascript' }, async ({ page, app, baseURL }) => {
  await household(page, baseURL);
  const { data } = await (await page.request.get('/api/expenses?limit=1')).json();
  await app.visit(`/dashboard?month=${data[0].date.slice(0, 7)}`);
  const months = page.getByRole('list', { name: 'Spending and income by month' });
  const drawn = page.waitForResponse(/trend-chart/);
  await months.hover();
  expect((await drawn).ok()).toBe(true);
  await expect(page.locator('.chart.live')).toBeVisible();
  await expect(months.getByRole('link')).toHaveCount(6);
});

test('the first page brings no program, and little else', { tag: '@javascript' }, async ({ page, app }) => {
  await app.visit('/');
  await page.waitForLoadState('load');
  const sizes = await page.evaluate(() => performance.getEntries().filter((entry) => entry.encodedBodySize).map(({ name, encodedBodySize }) => [new URL(name).pathname, encodedBodySize]));
  expect(sizes.filter(([path]) => /wasm|wealthwise/.test(path))).toEqual([]);
  expect(sizes.reduce((sum, [, size]) => sum + size, 0), JSON.stringify(sizes)).toBeLessThan(100_000);
});

test('a cut line is said, costs nothing that was typed, and brings no row twice', { tag: '@javascript' }, async ({ page, app, baseURL, context }) => {
  await household(page, baseURL);
  await app.visit('/expenses?add=1');
  const sheet = page.getByRole('dialog', { name: 'Add expense' });
  await context.setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await sheet.getByLabel('Amount').fill('12.34');
  await sheet.getByLabel('Merchant').fill('Tunnel kiosk');
  const add = sheet.getByRole('button', { name: 'Add expense' });
  await add.click();
  await expect(sheet.getByText("The server can't be reached.")).toBeVisible();
  await expect(sheet.getByLabel('Merchant')).toHaveValue('Tunnel kiosk');
  await context.setOffline(false);
  await expect(page.getByText('You are offline.')).toBeHidden();
  await add.click();
  await expect(app.toast('Tunnel kiosk')).toBeVisible();
  const { data } = await (await page.request.get('/api/expenses?q=Tunnel')).json();
  expect(data.map((row) => row.merchant)).toEqual(['Tunnel kiosk']);
});
