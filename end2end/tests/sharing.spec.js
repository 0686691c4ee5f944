// A budget of two people: invited, joined, spent in together, left.
import { App, expect, test } from '../support/test.js';

test('two people share a budget', async ({ page, app, browser, baseURL, javaScriptEnabled, isMobile }) => {
  await app.signUp('Ada Example');
  const budget = await app.createBudget('4000');
  const context = await browser.newContext({ baseURL, javaScriptEnabled });
  const other = new App(await context.newPage(), javaScriptEnabled !== false, Boolean(isMobile));
  const bob = await other.signUp('Bob Example');

  // Before it is shared it isn't there for him.
  await other.visit(`/budgets/${budget}`);
  await expect(other.page.getByRole('main')).not.toContainText('My budget');

  await app.visit(`/budgets/${budget}`);
  await app.leadsTo(/\/share$/, () => page.getByRole('link', { name: 'Share' }).click());
  await page.getByLabel('E-mail address').fill('nobody');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(page.getByLabel('E-mail address')).toHaveAccessibleDescription(/address/);
  await page.getByLabel('E-mail address').fill(bob.email);
  await page.getByLabel('Role').last().selectOption('edit');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(app.toast(`${bob.email} is invited`)).toBeVisible();
  await expect(page.getByRole('list', { name: 'Invited' })).toContainText(bob.email);

  await other.visit('/dashboard');
  await other.leadsTo('**/invites', () => other.page.getByRole('main').getByRole('link', { name: 'You are invited to a budget' }).click());
  const waiting = other.page.getByRole('list', { name: 'Invitations' });
  await expect(waiting).toContainText('from Ada Example');
  await other.leadsTo(`**/budgets/${budget}`, () => waiting.getByRole('button', { name: 'Accept' }).click());

  const sheet = await other.openAdd();
  await other.addExpense(sheet, { amount: '12.50', merchant: 'Corner Bakery', category: 'Food' });

  await app.visit('/expenses');
  await expect(app.row('Corner Bakery')).toContainText('Bob Example');
  await app.leadsTo(/edit=/, () => app.row('Corner Bakery').getByRole('link').click());
  await page.getByRole('dialog').getByLabel('Amount').fill('13');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: false }).click();
  await expect(app.toast('Corner Bakery saved')).toBeVisible();

  // He may only look now.
  await app.visit(`/budgets/${budget}/share`);
  const members = page.getByRole('list', { name: 'Members' });
  await members.getByText('Bob Example').click();
  await members.getByLabel('Role').selectOption('view');
  await members.getByRole('button', { name: 'Save role' }).click();
  await expect(app.toast('Role saved')).toBeVisible();
  await other.visit(`/budgets/${budget}`);
  await expect(other.page.getByRole('link', { name: 'Edit' })).toHaveCount(0);
  await other.visit('/expenses');
  await other.leadsTo(/edit=/, () => other.row('Corner Bakery').getByRole('link').click());
  await expect(other.page.getByRole('dialog')).toContainText('You may look at this budget');
  await expect(other.page.getByRole('dialog').getByRole('textbox')).toHaveCount(0);
  await other.visit('/budgets');
  await expect(other.page.getByRole('article')).toContainText('shared by Ada Example');

  await other.visit(`/budgets/${budget}/share`);
  await expect(other.page.getByLabel('E-mail address')).toHaveCount(0);
  await other.leadsTo('**/budgets', () => other.page.getByRole('button', { name: 'Leave this budget' }).click());
  await expect(other.page.getByText('shared by Ada Example')).toHaveCount(0);
  await app.visit('/expenses');
  await expect(app.row('Corner Bakery')).toContainText('A former member');
  await context.close();
});
