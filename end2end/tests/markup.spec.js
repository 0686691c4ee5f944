// What people type is text wherever it is shown: no markup of theirs becomes the page's, no script of theirs runs.
import { expect, test } from '../support/test.js';

/** Each would leave a mark, one in HTML, one in the data for the browser's program, one in an attribute. */
const MARKUP = {
  tag: '<img src=x onerror="window.hacked=1">',
  end: '</script><script>window.hacked=2</script>',
  quote: '" onfocus="window.hacked=3" autofocus x="',
};

test('markup that somebody types stays text', async ({ page, app, baseURL }) => {
  await app.signUp();
  const post = async (path, data) => {
    const answer = await page.request.post(path, { headers: { Origin: baseURL }, data });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()).data;
  };
  const { budget } = await post('/api/budgets', { name: `Home ${MARKUP.end}`, monthlyIncome: 4000, currency: 'EUR' });
  const today = new Date().toISOString().slice(0, 10);
  const rows = Object.values(MARKUP).map((merchant, at) => ({
    budgetId: budget.id, amount: 10 + at, currency: 'EUR', category: 'food', date: today, merchant, description: MARKUP.end, tags: [`t${at}`],
  }));
  const ids = [];
  for (const row of rows) ids.push((await post('/api/expenses', row)).expense.id);
  await post('/api/accounts', { name: MARKUP.tag, kind: 'checking', currency: 'EUR' });
  const addresses = ['/dashboard', '/budgets', `/budgets/${budget.id}`, `/budgets/${budget.id}/edit`, `/budgets/${budget.id}/activity`, '/expenses', `/expenses?edit=${ids[1]}`,
    `/expenses?q=${encodeURIComponent(MARKUP.end)}`, '/settings/accounts'];
  for (const address of addresses) {
    await app.visit(address);
    expect(await page.locator('img[src="x"], [onfocus], [onerror]').count(), `foreign elements on ${address}`).toBe(0);
    if (app.hydrated) expect(await page.evaluate(() => window.hacked), address).toBeUndefined();
  }
  await app.visit('/expenses');
  for (const text of Object.values(MARKUP)) await expect(page.getByRole('link', { name: text, exact: true })).toBeVisible();
});
