// How long the expense table takes from a key to what is painted, on top of the list and far down, by how many rows it has.
//   WEALTHWISE_BIN=… WEALTHWISE_SITE_DIR=… node typing.mjs [1000 100000]
// Prints, for each size and place, how many events took longer than a frame, the median of these and the longest, in
// milliseconds (Event Timing: from the input to the next paint, in steps of 8). Read sizes beside each other: the browser
// shares the machine with the program.
import { chromium } from '@playwright/test';
import { chromium as path } from './support/chromium.js';
import { start } from './support/server.js';

const sizes = process.argv.slice(2).map(Number).filter(Boolean);
const FRAME = 16;
const browser = await chromium.launch({ executablePath: path(), args: ['--no-sandbox'] });
const rows = (count) => {
  const lines = ['date,amount,currency,merchant'];
  for (let n = 0; n < count; n += 1) {
    lines.push(`${new Date(Date.UTC(2000, 0, 1) + Math.floor((n * 9000) / count) * 86_400_000).toISOString().slice(0, 10)},-${n + 1}.00,EUR,Shop ${n + 1}`);
  }
  return Buffer.from(lines.join('\n'));
};

for (const count of sizes.length ? sizes : [1_000, 100_000]) {
  const server = await start();
  const page = await (await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } })).newPage();
  const post = async (address, options) => {
    const answer = await page.request.post(server.url + address, { headers: { Origin: server.url }, timeout: 300_000, ...options });
    if (!answer.ok()) throw new Error(`${address}: ${await answer.text()}`);
  };
  try {
    await post('/api/auth/register', { data: { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery', terms: true } });
    await post('/api/expenses/bulk-import', { multipart: { file: { name: 'rows.csv', mimeType: 'text/csv', buffer: rows(count) } } });
    for (const [place, share] of [['top', 0], ['middle', 0.5]]) {
      await page.goto(`${server.url}/expenses`);
      await page.waitForSelector('html[data-ready]');
      await page.evaluate((share) => window.scrollTo(0, document.body.scrollHeight * share), share);
      await page.waitForTimeout(2_000);
      const seen = await page.evaluateHandle(() => [...document.querySelectorAll('table.expenses tr[data-id]')]
        .filter((row) => row.getBoundingClientRect().top > 200)[0].querySelector('td[data-cell="merchant"]'));
      await seen.click();
      await page.evaluate((least) => {
        window.found = [];
        new PerformanceObserver((list) => window.found.push(...list.getEntries().filter(({ name }) => /^key|input/.test(name)).map(({ duration }) => duration)))
          .observe({ type: 'event', durationThreshold: least });
      }, FRAME);
      for (let turn = 0; turn < 5; turn += 1) {
        await page.keyboard.type('A name that is typed', { delay: 60 });
        await page.keyboard.press('Enter');
      }
      await page.waitForTimeout(500);
      const found = (await page.evaluate(() => window.found)).sort((one, other) => one - other);
      const drawn = await page.locator('table.expenses tr[data-id]').count();
      console.log(`${count} rows, ${place}: ${found.length} events of 300 over ${FRAME} ms, median ${found[found.length >> 1] ?? 0}, longest ${found.at(-1) ?? 0}; ${drawn} rows drawn`);
    }
  } finally {
    await server.stop();
  }
}
await browser.close();
