// What was done, and the way back: on its page, by a key, after a reload.
import { App, expect, test } from '../support/test.js';

test.beforeEach(async ({ app }) => {
  await app.signUp();
});

/** An expense of the budget, with another amount than it had at first. */
async function changed(page, app) {
  const budget = await app.createBudget();
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '12.00', merchant: 'Rewe', category: 'Food' });
  await app.visit('/expenses');
  await app.leadsTo(/edit=/, () => app.row('Rewe').getByRole('link').click());
  const edit = page.getByRole('dialog', { name: 'Edit expense' });
  await edit.getByLabel('Amount').fill('14.50');
  await edit.getByRole('button', { name: 'Save changes' }).click();
  await expect(app.row('Rewe')).toContainText('−14.50');
  return budget;
}

const SENTENCE = 'Ada Example changed Rewe from €12.00 to €14.50';

test('the month leads to what was done, and that can be undone', async ({ page, app }) => {
  const budget = await changed(page, app);
  await app.visit(`/budgets/${budget}`);
  await app.leadsTo('**/activity', () => page.getByRole('main').getByRole('link', { name: 'Activity' }).click());
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
  const entries = page.getByRole('main').getByRole('listitem');
  const entry = entries.filter({ hasText: SENTENCE }).first();
  await expect(entry).toBeVisible();
  await expect(entries.filter({ hasText: 'Ada Example added Rewe' })).toContainText('€12.00');
  await entry.getByRole('button', { name: 'Undo' }).click();
  await expect(app.toast('Undone: Rewe changed')).toBeVisible();
  await expect(entry).toContainText('Undone by Ada Example');
  await expect(entry.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await app.toast('Undone: Rewe changed').getByRole('button', { name: 'Redo' }).click();
  await expect(app.toast('Done again: Rewe changed')).toBeVisible();
  await app.visit('/expenses');
  await expect(app.row('Rewe')).toContainText('−14.50');
});

test('one kind of change has its address', async ({ page, app }) => {
  const budget = await changed(page, app);
  await app.visit(`/budgets/${budget}/activity`);
  const kinds = page.getByRole('navigation', { name: 'Kind of change' });
  await app.leadsTo(/kind=changed/, () => kinds.getByRole('link', { name: 'Changed' }).click());
  const entries = page.getByRole('main').getByRole('listitem');
  await expect(entries.filter({ hasText: SENTENCE })).toHaveCount(1);
  await expect(entries.filter({ hasText: 'added' })).toHaveCount(0);
  await app.leadsTo(/kind=deleted/, () => kinds.getByRole('link', { name: 'Deleted' }).click());
  await expect(page.getByRole('heading', { name: 'Nothing of this kind' })).toBeVisible();
  await app.visit(page.url());
  await expect(page.getByRole('heading', { name: 'Nothing of this kind' })).toBeVisible();
});

test('a newer change is not overwritten, and the rest can be undone', async ({ page, app }) => {
  const budget = await app.createBudget();
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '10', merchant: 'Kiosk', category: 'Food' });
  const change = async (fields) => {
    await app.visit('/expenses');
    await app.leadsTo(/edit=/, () => page.getByRole('table').getByRole('link', { name: /Kiosk|Stand/ }).first().click());
    const edit = page.getByRole('dialog', { name: 'Edit expense' });
    for (const [label, value] of Object.entries(fields)) await edit.getByLabel(label, { exact: true }).fill(value);
    await edit.getByRole('button', { name: 'Save changes' }).click();
    await expect(edit).toBeHidden();
  };
  await change({ Amount: '11', Merchant: 'Stand' });
  await change({ Merchant: 'Kiosk at the corner' });
  await app.visit(`/budgets/${budget}/activity`);
  const entry = page.getByRole('main').getByRole('listitem').filter({ hasText: 'changed Stand: ' });
  await entry.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(entry.getByRole('alert')).toContainText('overwrite a newer change');
  await entry.getByRole('button', { name: 'Undo what nobody changed since' }).click();
  await expect(app.toast('Undone: Stand changed')).toBeVisible();
  await app.visit('/expenses');
  await expect(app.row('Kiosk at the corner')).toContainText('−10.00');
});

test('a key takes the last change back, also after a reload', { tag: '@javascript' }, async ({ page, app }) => {
  await changed(page, app);
  await page.reload();
  await app.ready();
  await page.keyboard.press('Control+z');
  await expect(app.toast('Undone: Rewe changed')).toBeVisible();
  await expect(app.row('Rewe')).toContainText('−12.00');
  await page.keyboard.press('Control+Shift+Z');
  await expect(app.toast('Done again: Rewe changed')).toBeVisible();
  await expect(app.row('Rewe')).toContainText('−14.50');

  // While somebody types, the key is the field's.
  const search = page.getByRole('searchbox', { name: 'Search' });
  await search.fill('x');
  await search.press('Control+z');
  await search.blur();
  await expect(app.row('Rewe')).toContainText('−14.50');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search and jump' }).fill('undo');
  await page.keyboard.press('Enter');
  await expect(app.row('Rewe')).toContainText('−12.00');
});

test('the undo of a note counts in the timeline, too', async ({ page, app }) => {
  const budget = await app.createBudget();
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '5', merchant: 'Bakery' });
  await app.visit('/expenses');
  await app.leadsTo(/edit=/, () => app.row('Bakery').getByRole('link').click());
  await page.getByRole('dialog', { name: 'Edit expense' }).getByRole('button', { name: 'Delete' }).click();
  await app.toast('Bakery moved to the trash').getByRole('button', { name: 'Undo' }).click();
  await expect(app.toast('Bakery is back')).toBeVisible();
  await app.visit(`/budgets/${budget}/activity`);
  const entries = page.getByRole('main').getByRole('listitem');
  await expect(entries.filter({ hasText: 'moved Bakery to the trash' })).toContainText('Undone by Ada Example');
  await expect(entries.filter({ hasText: 'took Bakery back from the trash' })).toContainText('Undo');
});

test('a move of money is told, and goes back', async ({ page, app }) => {
  const budget = await app.standardBudget();
  await app.leadsTo(/moveFrom=food/, () => page.getByRole('link', { name: 'Move money from Food' }).click());
  const sheet = page.getByRole('dialog', { name: 'Move money' });
  await sheet.getByLabel('To', { exact: true }).selectOption('entertainment');
  await sheet.getByLabel('Amount').fill('150');
  await sheet.getByRole('button', { name: 'Move' }).click();
  await expect(app.toast('€150.00 moved from Food to Leisure')).toBeVisible();
  await app.visit(`/budgets/${budget}/activity`);
  const entry = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Ada Example moved €150.00 from Food to Leisure' });
  await entry.getByRole('button', { name: 'Undo' }).click();
  await expect(entry).toContainText('Undone by Ada Example');
  await app.visit(`/budgets/${budget}`);
  await expect(page.getByRole('heading', { name: 'Moved this month' })).toHaveCount(0);
});

test('members stand in the timeline, and a role goes back', async ({ page, app, browser, baseURL, javaScriptEnabled, isMobile }) => {
  const budget = await app.createBudget('4000');
  const context = await browser.newContext({ baseURL, javaScriptEnabled });
  const other = new App(await context.newPage(), javaScriptEnabled !== false, Boolean(isMobile));
  const bob = await other.signUp('Bob Example');
  const send = async (from, method, path, data = {}) => {
    const answer = await from.request[method](path, { headers: { Origin: baseURL }, data });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()).data;
  };
  await send(page, 'post', `/api/budgets/${budget}/share`, { email: bob.email, role: 'edit' });
  const [invite] = (await (await other.page.request.get('/api/invites')).json()).data;
  await send(other.page, 'post', `/api/invites/${invite.id}/accept`);
  const { user } = (await (await other.page.request.get('/api/auth/me')).json()).data;
  await send(page, 'put', `/api/budgets/${budget}/collaborate`, { userId: user.id, role: 'view' });

  await app.visit(`/budgets/${budget}/activity?kind=shared`);
  const entries = page.getByRole('main').getByRole('listitem');
  const joined = entries.filter({ hasText: 'Bob Example joined: May edit' });
  await expect(joined).toBeVisible();
  await expect(joined.getByRole('button')).toHaveCount(0);
  const lowered = entries.filter({ hasText: 'gave Bob Example another role: May look, before May edit' });
  await lowered.getByRole('button', { name: 'Undo' }).click();
  await expect(lowered).toContainText('Undone by Ada Example');
  await other.visit(`/budgets/${budget}`);
  await expect(other.page.getByRole('link', { name: 'Edit' }).first()).toBeVisible();

  // Who doesn't show their name is a member.
  await send(page, 'put', '/api/auth/update-profile', { preferences: { privacy: { shareData: false } } });
  await other.visit(`/budgets/${budget}/activity`);
  await expect(other.page.getByRole('main')).toContainText('A member gave Bob Example another role');
  await expect(other.page.getByRole('main')).not.toContainText('Ada Example');
  await context.close();
});
