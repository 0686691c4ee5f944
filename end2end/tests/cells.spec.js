// The table of expenses as a sheet: cells that are changed where they stand, a list of any length, cards that are swept aside.
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
});

const today = new Date().toISOString().slice(0, 10);

/** Rows by the API, the first one the newest. */
async function rows(page, baseURL, list) {
  for (const row of list) {
    const data = { currency: 'EUR', date: today, ...row };
    const answer = await page.request.post(`${baseURL}/api/expenses`, { headers: { Origin: baseURL }, data });
    expect(answer.status()).toBe(201);
  }
}

const three = [
  { merchant: 'Bakery', amount: 10, date: '2026-01-03' },
  { merchant: 'Cinema', amount: 20, date: '2026-01-02', description: 'two tickets' },
  { merchant: 'Kiosk', amount: 12.5, date: '2026-01-01', category: 'food' },
];

const field = (page) => page.locator('.cell-field');
const cell = (app, merchant, name) => app.row(merchant).locator(`[data-cell=${name}]`);

/** The table with its cells, which are for screens that are wide enough; or the cards of a phone. */
async function open(app, page, { path = '/expenses', width = 1280, height = 800 } = {}) {
  await page.setViewportSize({ width, height });
  await app.visit(path);
  await expect(page.locator('.expense-list.cells')).toBeAttached();
}

/** What the server has, the newest first. */
async function kept(page, query = 'limit=10') {
  return (await (await page.request.get(`/api/expenses?${query}`)).json()).data;
}

test('a click opens a cell, and keys lead from one to the next @javascript', async ({ page, app, baseURL }) => {
  await rows(page, baseURL, three);
  await open(app, page);
  await cell(app, 'Bakery', 'amount').click();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('10.00');
  await page.keyboard.type('16.99*1.1');
  await page.keyboard.press('Enter');
  await expect(app.row('Bakery')).toContainText('18.69');
  // The same column of the next row.
  await expect(field(page)).toHaveValue('20.00');
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveCount(0);
  await expect(app.row('Cinema').getByRole('link')).toBeFocused();

  // Along the row, and back.
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('Cinema');
  await page.keyboard.type('Film house');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue('two tickets');
  await page.keyboard.type('three tickets');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveAccessibleName(/^Category: /);
  await field(page).selectOption({ label: 'Leisure' });
  await page.keyboard.press('Shift+Tab');
  await expect(field(page)).toHaveValue('three tickets');
  await page.keyboard.press('Escape');
  await expect(app.row('Film house')).toContainText('Leisure');
  await expect(app.row('Film house')).toContainText('three tickets');
  await expect.poll(async () => (await kept(page)).map((row) => [row.merchant, row.amount, row.description ?? null, row.category ?? null])).toEqual([
    ['Bakery', 18.69, null, null],
    ['Film house', 20, 'three tickets', 'entertainment'],
    ['Kiosk', 12.5, null, 'food'],
  ]);
});

test('what is refused stays open and says why @javascript', async ({ page, app, baseURL }) => {
  await rows(page, baseURL, three);
  await open(app, page);
  await cell(app, 'Bakery', 'amount').click();
  await page.keyboard.type('ten');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('ten');
  await expect(page.locator('.cell-said')).not.toBeEmpty();
  await expect(field(page)).toHaveAccessibleDescription(/.+/);
  await page.keyboard.press('Escape');
  await expect(app.row('Bakery')).toContainText('10.00');
  await page.keyboard.press('j');
  await expect(field(page)).toHaveCount(0);
});

test('a lost line loses nothing @javascript', async ({ page, app, baseURL }) => {
  await rows(page, baseURL, three);
  await open(app, page);
  await page.route('**/_fn/form/expense-cell', (route) => route.abort('internetdisconnected'));
  await cell(app, 'Bakery', 'merchant').click();
  await page.keyboard.type('Corner bakery');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('Corner bakery');
  await expect(page.locator('.cell-said')).not.toBeEmpty();
  await page.unroute('**/_fn/form/expense-cell');
  await page.keyboard.press('Enter');
  await expect(app.row('Corner bakery')).toHaveCount(1);
  await expect.poll(async () => (await kept(page))[0].merchant).toBe('Corner bakery');
});

test('what somebody else has changed meanwhile is told @javascript', async ({ page, app, baseURL }) => {
  await rows(page, baseURL, three);
  await open(app, page);
  const [first] = await kept(page);
  await cell(app, 'Bakery', 'amount').click();
  await page.keyboard.type('11');
  const data = { version: first.version, amount: 99 };
  const answer = await page.request.put(`${baseURL}/api/expenses/${first.id}`, { headers: { Origin: baseURL }, data });
  expect(answer.ok()).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page.locator('.cell-said')).toContainText('99.00');
  await expect(field(page)).toHaveValue('11');
  await page.keyboard.press('Enter');
  await expect(app.row('Bakery')).toContainText('11.00');
  await expect.poll(async () => (await kept(page))[0].amount).toBe(11);
});

test('rows that come meanwhile leave an open cell alone @javascript', async ({ page, app, baseURL }) => {
  await rows(page, baseURL, three);
  await open(app, page);
  await cell(app, 'Kiosk', 'merchant').click();
  await page.keyboard.type('News');
  await rows(page, baseURL, [{ merchant: 'Florist', amount: 5 }]);
  await page.keyboard.type('stand');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(app.row('Newsstand')).toHaveCount(1);
  await expect(app.row('Florist')).toHaveCount(1);
});

test('all of a row is one key or one click away @javascript', async ({ page, app, baseURL }) => {
  await rows(page, baseURL, three);
  await open(app, page);
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await expect(page.getByRole('dialog', { name: 'Edit expense' })).toBeVisible();
  await page.keyboard.press('Escape');
  await app.row('Cinema').hover();
  await app.leadsTo(/edit=/, () => app.row('Cinema').getByRole('link').click());
});

test('a long list comes as one scrolls, and the address keeps the place @javascript', async ({ page, app, baseURL }) => {
  const csv = ['date,amount,currency,merchant'];
  for (let n = 0; n < 1200; n += 1) {
    const day = new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10);
    csv.push(`${day},-${n + 1}.00,EUR,Shop ${String(n + 1).padStart(4, '0')}`);
  }
  const file = { name: 'rows.csv', mimeType: 'text/csv', buffer: Buffer.from(csv.join('\n')) };
  const sent = await page.request.post(`${baseURL}/api/expenses/bulk-import`, { headers: { Origin: baseURL }, multipart: { file } });
  expect(sent.ok(), await sent.text()).toBe(true);

  for (const width of [1280, 390]) {
    await open(app, page, { width });
    await expect(app.row('Shop 1200')).toHaveCount(1);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
    await expect(page).toHaveURL(/page=\d+/);
    await expect(app.rows().first()).toBeVisible({ visible: true });
    expect(await app.rows().count()).toBeLessThanOrEqual(200);
    const here = page.url();
    const seen = () => page.evaluate(() => {
      const row = [...document.querySelectorAll('table.expenses tr[data-id]')].find((row) => row.getBoundingClientRect().top >= -1);
      return row?.querySelector('.row-title').textContent;
    });
    await expect.poll(seen).toMatch(/Shop/);
    const name = await seen();
    await page.reload();
    await expect.poll(seen).toBe(name);
    expect(page.url()).toBe(here);
    await app.visit('/dashboard');
    await page.goBack();
    await expect.poll(seen).toBe(name);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await expect(app.row('Shop 0001')).toHaveCount(1);
    await expect(app.row('Shop 0001')).toHaveAttribute('aria-rowindex', '1201');
    if (width < 1280) continue;
    // One can type far down, too.
    await cell(app, 'Shop 0002', 'merchant').click();
    await page.keyboard.type('A name that is typed');
    await page.keyboard.press('Enter');
    await expect(field(page)).toHaveValue('Shop 0001');
    await page.keyboard.press('Escape');
    await expect(app.row('A name that is typed')).toHaveCount(1);
  }
});

/** A finger that goes across a card. */
async function sweep(row, by) {
  await row.evaluate((card, by) => {
    const { left, top, width, height } = card.getBoundingClientRect();
    const at = (type, x) => card.dispatchEvent(new PointerEvent(type, {
      bubbles: true, cancelable: true, pointerType: 'touch', isPrimary: true, clientX: left + width / 2 + x, clientY: top + height / 2,
    }));
    at('pointerdown', 0);
    for (const part of [0.25, 0.5, 0.75, 1]) at('pointermove', by * part);
    at('pointerup', by);
  }, by);
}

test('a card that is swept aside gets a category, or goes @javascript', async ({ page, app, baseURL }) => {
  await rows(page, baseURL, three);
  await open(app, page, { width: 390, height: 844 });
  await sweep(app.row('Bakery'), 40);
  await expect(app.row('Bakery').getByRole('checkbox')).not.toBeChecked();
  await sweep(app.row('Bakery'), 150);
  await expect(app.row('Bakery').getByRole('checkbox')).toBeChecked();
  await expect(page.getByLabel('Category for the selected entries')).toBeFocused();
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await sweep(app.row('Cinema'), -150);
  await expect(app.row('Cinema')).toHaveCount(0);
  await app.toast('Cinema').getByRole('button', { name: 'Undo' }).click();
  await expect(app.row('Cinema')).toHaveCount(1);
});

for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 390], ['dark', 390]]) {
  test(`nothing overflows, ${colorScheme} at ${width} @javascript`, async ({ page, app, baseURL }) => {
    await rows(page, baseURL, three);
    await page.emulateMedia({ colorScheme });
    await open(app, page, { width, height: 844 });
    if (width > 390) {
      await cell(app, 'Bakery', 'amount').click();
      await page.keyboard.type('ten');
      await page.keyboard.press('Enter');
      await expect(page.locator('.cell-said')).not.toBeEmpty();
    }
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/cells-${colorScheme}-${width}.png` });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await app.visit('/expenses/review');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/review-${colorScheme}-${width}.png` });
  });
}
