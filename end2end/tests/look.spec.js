// What pages look like, against pictures that a person has looked at: light on the desktop, dark on the phone. Pages without
// dates only. After a change that is meant: `npx playwright test look --update-snapshots`, look at each, and commit them.
import { expect, test } from '../support/test.js';

const PAGES = {
  landing: '/',
  'sign-in': '/auth/signin',
  'sign-up': '/auth/signup',
  basics: '/styleguide',
  fields: '/styleguide?part=fields',
  surfaces: '/styleguide?part=surfaces',
  overlays: '/styleguide?part=overlays',
};

for (const [name, address] of Object.entries(PAGES)) {
  test(`${name} looks as it did`, { tag: '@javascript' }, async ({ page, app }) => {
    await page.emulateMedia({ colorScheme: app.phone ? 'dark' : 'light', reducedMotion: 'reduce' });
    if (address.startsWith('/styleguide')) await app.signUp();
    await app.visit(address);
    // A font that comes late is not used until the next page: have it first.
    await page.evaluate(() => Promise.allSettled([...document.fonts].map((face) => face.load())));
    await app.visit(address);
    await page.evaluate(() => document.fonts.ready);
    // Another Chromium draws letters a little differently; another layout differs in far more.
    await expect(page).toHaveScreenshot(`${name}.png`, { fullPage: true, animations: 'disabled', maxDiffPixelRatio: 0.01 });
  });
}
