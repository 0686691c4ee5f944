// What a person does, in Chromium: each test runs hydrated and with JavaScript off, on a desktop and on a phone.
//
// Needs WEALTHWISE_BIN (the program) and a Chromium: WEALTHWISE_CHROMIUM, CHROMIUM, or one on PATH.
import { defineConfig } from '@playwright/test';
import { chromium } from './support/chromium.js';

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
/** Tests tagged so are of what only the program in the page does (and axe runs in the page, too). */
const ONLY_WITH_JAVASCRIPT = /@javascript/;
const project = (name, javaScriptEnabled, device) => ({
  name,
  use: { ...device, javaScriptEnabled },
  testIgnore: /fleet\.spec/,
  grepInvert: javaScriptEnabled ? undefined : ONLY_WITH_JAVASCRIPT,
});

/** The same on two processes, where each request goes to the other one than the last. */
const fleet = (name, javaScriptEnabled, device) => {
  const { use, ...rest } = project(name, javaScriptEnabled, device);
  return { ...rest, testIgnore: [], testMatch: /(fleet|journey|import|session)\.spec/, use: { ...use, fleet: 2 } };
};

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: chromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
  },
  projects: [
    project('hydrated desktop', true, desktop),
    project('hydrated phone', true, phone),
    project('plain desktop', false, desktop),
    project('plain phone', false, phone),
    fleet('fleet hydrated', true, desktop),
    fleet('fleet plain', false, phone),
  ],
});
