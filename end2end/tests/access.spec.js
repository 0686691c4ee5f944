// Every page for every body: no fault that axe knows, in light and dark, and no sideways scroll on the narrowest phone.
import AxeBuilder from '@axe-core/playwright';
import { bankFile } from '../support/files.js';
import { expect, test } from '../support/test.js';

const PUBLIC = ['/', '/auth/signin', '/auth/signup', '/terms', '/privacy', '/nowhere'];
const SIGNED_IN = [
  '/dashboard',
  '/budgets',
  '/budgets/new',
  '/expenses',
  '/expenses?add=1',
  '/expenses?keys=1',
  '/expenses?q=nothing',
  '/expenses/import',
  '/settings/profile',
  '/settings/preferences',
  '/settings/accounts',
  '/settings/trash',
];

async function check(page, address) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
    expect(faults, `${address} in ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `${address}: sideways scroll at 320 px`).toBe(0);
}

test('public pages', { tag: '@javascript' }, async ({ page, app }) => {
  const size = page.viewportSize();
  for (const address of PUBLIC) {
    await page.setViewportSize(size);
    await app.visit(address);
    await check(page, address);
  }
});

test('pages of who is signed in', { tag: '@javascript' }, async ({ page, app }) => {
  test.setTimeout(240_000);
  const size = page.viewportSize();
  await app.signUp();
  await app.visit('/welcome');
  await check(page, '/welcome');
  await page.setViewportSize(size);
  const budget = await app.createBudget();
  await app.upload(bankFile('card.csv', 'text/csv'));
  await check(page, 'a preview');
  await page.setViewportSize(size);
  await app.leadsTo(/importId=/, () => page.getByRole('button', { name: 'Add 3 expenses' }).click());
  await app.leadsTo(/edit=/, () => app.row('Tram and Bus').getByRole('link').click());
  await check(page, 'an expense');
  for (const address of [...SIGNED_IN, `/budgets/${budget}`, `/budgets/${budget}/edit`]) {
    await page.setViewportSize(size);
    await app.visit(address);
    await check(page, address);
  }
});
