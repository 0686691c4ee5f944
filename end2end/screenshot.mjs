// Takes the README's picture: a household's month, made up, on a running server.
//   node end2end/screenshot.mjs http://localhost:3000 docs/month.png
import { chromium } from 'playwright-core';

const [base, file] = process.argv.slice(2);
const today = new Date();
const day = (back) => {
  const date = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() - back));
  return date.toISOString().slice(0, 10);
};
const monthly = [
  [21, 'Northside Homes', -1180, 'Housing'],
  [20, 'City Power', -86.4, 'Utilities'],
  [19, 'Fibre One', -39.9, 'Utilities'],
  [17, 'Monthly transfer', -300, 'Savings'],
  [12, 'Dr Okafor', -45, 'Healthcare'],
];
const shops = ['Corner Bakery', 'Green Grocer', 'Harbour Fish', 'Metro Market', "Joe's Deli"];
const rows = [['2', 'Employer Ltd', 4200, ''], ...monthly];
for (let back = 0; back < 150; back += 1) {
  if (back % 2 === 0) rows.push([back, shops[back % shops.length], -(9 + ((back * 37) % 41) + 0.35), 'Food']);
  if (back % 5 === 1) rows.push([back, 'Regional Rail', -(12 + (back % 7)), 'Transport']);
  if (back % 6 === 3) rows.push([back, ['Lux Cinema', 'Vinyl & Co', 'Climbing Hall'][back % 3], -(18 + (back % 11)), 'Entertainment']);
}
for (let month = 1; month < 5; month += 1) for (const row of monthly) rows.push([row[0] + month * 30, ...row.slice(1)]);
const csv = ['Date,Payee,Amount,Category', ...rows.map(([back, payee, amount, category]) => `${day(Number(back))},${payee},${amount.toFixed(2)},${category}`)].join('\n');

const browser = await chromium.launch({
  executablePath: process.env.WEALTHWISE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 960 }, locale: 'en-US', baseURL: base });
const headers = { Origin: base };
const post = async (path, options) => {
  const answer = await context.request.post(path, { headers, ...options });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()).data;
};
await post('/api/auth/register', { data: { name: 'Anna', email: `anna${Date.now()}@example.org`, password: 'a picture of a month', terms: true } });
const { budget } = await post('/api/budgets', { data: { name: 'Our home', monthlyIncome: 4200, currency: 'USD' } });
await post('/api/expenses/bulk-import', { multipart: { budgetId: budget.id, file: { name: 'bank.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) } } });
const page = await context.newPage();
await page.goto(`/budgets/${budget.id}`);
await page.waitForFunction(() => 'ready' in document.documentElement.dataset);
await page.screenshot({ path: file, fullPage: true });
for (const [name, path] of [['dashboard', '/dashboard'], ['edit', `/budgets/${budget.id}/edit`]]) {
  if (!process.env.ALL) continue;
  await page.goto(path);
  await page.waitForFunction(() => 'ready' in document.documentElement.dataset);
  await page.screenshot({ path: file.replace('.png', `-${name}.png`), fullPage: true });
}
await browser.close();
