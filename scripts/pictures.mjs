#!/usr/bin/env node
// The pictures of the landing page, made from the example household: a desktop and a phone, in each language, light and
// dark, as WebP below public/pictures. To be run by a person after the look has changed; not part of the build.
//
//   node scripts/pictures.mjs PROGRAM      (a built wealthwise; WEALTHWISE_SITE_DIR as for `serve`)
//
// Needs end2end/node_modules (scripts/setup test), a Chromium and cwebp (Debian: package webp).
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium as browser } from '../end2end/node_modules/@playwright/test/index.mjs';
import { chromium as path } from '../end2end/support/chromium.js';

const program = process.argv[2];
const folder = new URL('../public/pictures/', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'pictures-'));
mkdirSync(folder, { recursive: true });

const server = spawn(program, ['serve', '--demo'], { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
const line = await new Promise((said) => createInterface(server.stdout).once('line', said));
const url = line.match(/http:\/\/\S+/)[0];
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const chromium = await browser.launch({ executablePath: path(), args });
try {
  for (const [language, locale] of [['en', 'en-US'], ['de', 'de-DE']]) {
    for (const colorScheme of ['light', 'dark']) {
      for (const [name, viewport, isMobile] of [['dashboard', { width: 1200, height: 750 }, false], ['phone', { width: 390, height: 760 }, true]]) {
        const context = await chromium.newContext({ viewport, isMobile, hasTouch: isMobile, colorScheme, locale, deviceScaleFactor: isMobile ? 1.25 : 1 });
        const page = await context.newPage();
        // The way in for visitors, which also sets their language.
        await page.goto(url);
        await page.locator('form[action$=demo-enter] button').first().click();
        await page.waitForURL(/dashboard/);
        await page.goto(`${url}/dashboard`);
        await page.locator('html[data-ready]').waitFor();
        await page.evaluate(() => document.querySelector('.demo-note').remove());
        await page.evaluate(() => document.fonts.ready);
        const png = join(scratch, 'shot.png');
        await page.screenshot({ path: png });
        execFileSync('cwebp', ['-quiet', '-m', '6', '-q', '58', '-sharp_yuv', png, '-o', join(folder, `${name}-${language}-${colorScheme}.webp`)]);
        await context.close();
      }
    }
  }
} finally {
  await chromium.close();
  server.kill();
  rmSync(scratch, { recursive: true });
}
