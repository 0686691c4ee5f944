// Every page, on the desktop and on the phone: nothing jumps, nothing sticks out, fingers hit, and it mirrors and prints.
import { household, PUBLIC } from '../support/household.js';
import { motion, shifts, sideways, smallTargets, watchShifts } from '../support/layout.js';
import { expect, test } from '../support/test.js';

test.describe.configure({ mode: 'parallel' });

const NARROW = { width: 320, height: 640 };
/** A window of 1280 × 900 at 200 %. */
const ZOOMED = { width: 640, height: 450 };

/** The program and the fonts come only after the page has been seen without them: the worst that a slow line does. */
async function slowLine(page) {
  await page.addInitScript(watchShifts);
  await page.route(/\.(wasm|woff2)$/, async (route) => {
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    await route.continue();
  });
}

/** All that is asked of a page; what is not so is noted, and the next thing is looked at. */
async function audit(page, app, address, name) {
  const size = page.viewportSize();
  const is = (answer, what) => expect.soft(answer, `${name}: ${what}`).toEqual([]);
  await page.emulateMedia({ media: 'screen', reducedMotion: 'no-preference' });
  await app.visit(address);
  is(await page.evaluate(shifts), 'layout shifts');
  expect.soft(await page.getByRole('heading', { level: 1 }).count(), `${name}: one main heading`).toBe(1);
  if (app.phone) is(await page.evaluate(smallTargets), 'targets below 44 px');

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize(NARROW);
  is(await page.evaluate(motion), 'motion, although reduced motion was asked for');
  is(await page.evaluate(sideways), 'sideways scroll at 320 px');
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  is(await page.evaluate(sideways), 'sideways scroll at 320 px, right to left');
  await page.setViewportSize(ZOOMED);
  is(await page.evaluate(sideways), 'sideways scroll at 200 %, right to left');
  await page.evaluate(() => (document.documentElement.dir = 'ltr'));
  is(await page.evaluate(sideways), 'sideways scroll at 200 %');

  await page.setViewportSize(size);
  await page.emulateMedia({ media: 'print' });
  const printed = page.getByRole('navigation').filter({ visible: true });
  is(await printed.evaluateAll((all) => all.map(({ ariaLabel, className }) => ariaLabel ?? className)), 'navigation on paper');
  return page.title();
}

/** Titles name their pages: before the product's name, and no two alike. */
function named(titles) {
  const names = Object.values(titles);
  expect.soft(names.filter((title) => !/^\S.* · WealthWise$/.test(title)), 'titles that name no page').toEqual([]);
  expect.soft(names.filter((title, at) => names.indexOf(title) !== at), 'titles of more than one page').toEqual([]);
}

test('public pages', { tag: '@javascript' }, async ({ page, app }) => {
  await slowLine(page);
  const titles = {};
  for (const address of PUBLIC) titles[address] = await audit(page, app, address, address);
  named(titles);
});

test('pages of who is signed in', { tag: '@javascript' }, async ({ page, app, baseURL }) => {
  test.setTimeout(120_000);
  const pages = await household(page, baseURL);
  await slowLine(page);
  const titles = {};
  for (const [name, address] of Object.entries(pages)) titles[address.split('?')[0]] = await audit(page, app, address, name);
  named(titles);
});

test('navigation stands at the other side where people read from right to left', { tag: '@javascript' }, async ({ page, app, baseURL }) => {
  await household(page, baseURL);
  await app.visit('/dashboard');
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  const [first, last] = [await links.first().boundingBox(), await links.last().boundingBox()];
  if (app.phone) expect(first.x, 'the first tab').toBeGreaterThan(last.x + last.width);
  else expect(first.x, 'the sidebar').toBeGreaterThan(page.viewportSize().width / 2);
});

test('a page that is gone to takes the focus, and nothing is loaded anew', { tag: '@javascript' }, async ({ page, app, baseURL }) => {
  await household(page, baseURL);
  await app.visit('/dashboard');
  await page.evaluate(() => (window.sameDocument = true));
  for (const name of ['Expenses', 'Budget', 'Settings', 'Dashboard']) {
    const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });
    await link.click();
    await expect(link).toHaveAttribute('aria-current', 'page');
    const start = page.getByRole('main').or(page.getByRole('heading', { level: 1 }));
    await expect.soft(start.and(page.locator(':focus')), `the focus after going to ${name}`).toHaveCount(1, { timeout: 2_000 });
    expect(await page.evaluate(() => window.sameDocument), `${name} in the same document`).toBe(true);
  }
});
