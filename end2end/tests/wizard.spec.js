// The way to a budget in three steps, and proposals taken over line by line.
import { expect, test } from '../support/test.js';

const main = (page) => page.getByRole('main');
const step = (page) => page.getByRole('list', { name: /^Step/ });
const share = (page, category) => main(page).getByLabel(`${category}, percent`);

test('from an income over the household to a budget', async ({ page, app }) => {
  await app.signUp();
  await expect(step(page)).toHaveAccessibleName('Step 1 of 3');
  await main(page).getByLabel('Income a month').fill('3,200.50');
  await main(page).getByRole('combobox', { name: 'Currency' }).selectOption('EUR');
  await app.leadsTo(/step=household/, () => main(page).getByRole('button', { name: 'Continue' }).click());
  await expect(main(page).getByRole('heading', { level: 1, name: 'Who lives on it?' })).toBeVisible();
  await expect(step(page)).toHaveAccessibleName('Step 2 of 3');
  await expect(main(page).getByLabel('Country')).toHaveAccessibleDescription(/Rents and food/);
  await main(page).getByLabel('Country').selectOption('FR');
  await main(page).getByLabel('People in your household').selectOption('3');
  await app.leadsTo(/step=plan/, () => main(page).getByRole('button', { name: 'Continue' }).click());

  await expect(step(page)).toHaveAccessibleName('Step 3 of 3');
  await expect(main(page).getByText(/Households of 3 .* in the EU spend .* on it/).first()).toBeVisible();
  await expect(main(page).getByText('€3,200.50 a month')).toBeVisible();
  await main(page).getByLabel('Name').fill('The three of us');
  await app.leadsTo(/\/budgets\/[0-9a-f]{24}$/, () => main(page).getByRole('button', { name: 'Create budget' }).click());
  await expect(main(page).getByRole('heading', { level: 1, name: 'The three of us' })).toBeVisible();
  await expect(app.toast('The three of us is ready')).toBeVisible();
  await expect(page.getByRole('table', { name: 'The month by category' }).getByRole('row', { name: /^Total/ })).toContainText('3,200.50');
  await expect(main(page).getByRole('link', { name: /Add .*expense/ }).first()).toBeVisible();

  await app.visit('/settings/profile');
  await expect(main(page).getByLabel('People in your household')).toHaveValue('3');
  await app.visit('/welcome');
  await expect(main(page).getByText('You have a budget already')).toBeVisible();
  await expect(main(page).getByRole('link', { name: 'The three of us' })).toBeVisible();
});

test('back and forth keeps what was typed, and a step can be loaded anew', async ({ page, app }) => {
  await app.signUp();
  await main(page).getByLabel('Income a month').fill('2500');
  await main(page).getByRole('combobox', { name: 'Currency' }).selectOption('USD');
  await app.leadsTo(/step=household/, () => main(page).getByRole('button', { name: 'Continue' }).click());
  await main(page).getByLabel('Occupation').fill('Nurse');
  await app.leadsTo(/step=income/, () => main(page).getByRole('button', { name: 'Back' }).click());
  await expect(main(page).getByLabel('Income a month')).toHaveValue(/2,500/);
  await app.leadsTo(/step=household/, () => main(page).getByRole('button', { name: 'Continue' }).click());
  await expect(main(page).getByLabel('Occupation')).toHaveValue('Nurse');
  await app.leadsTo(/step=plan/, () => main(page).getByRole('link', { name: 'Skip this step' }).click());
  await main(page).getByLabel('Name').fill('Mine');
  await page.reload();
  await app.ready();
  await main(page).getByLabel('Name').fill('Mine');
  await app.leadsTo(/step=household/, () => main(page).getByRole('button', { name: 'Back' }).click());
  await app.leadsTo(/step=plan/, () => main(page).getByRole('button', { name: 'Continue' }).click());
  await expect(main(page).getByLabel('Name')).toHaveValue('Mine');
  await app.visit('/welcome?step=plan');
  await expect(main(page).getByLabel('Income a month')).toBeVisible();
});

test('shares that don\'t sum come back with what was typed', async ({ page, app }) => {
  await app.signUp();
  // Without the program nothing gives way; with it, this is an address that somebody has made up.
  await app.visit('/welcome?step=plan&income=1000.00&currency=EUR&shares=5000-1000-1000-500-500-500-500-500-0-0');
  await main(page).getByLabel('Name').fill('Half done');
  await main(page).getByRole('button', { name: 'Create budget' }).click();
  await expect(main(page).getByRole('alert').first()).toBeVisible();
  await expect(share(page, 'Housing')).toHaveValue('50');
  await expect(main(page).getByLabel('Name')).toHaveValue('Half done');
  await expect(page).toHaveURL(/step=plan/);
});

test('a locked share stays while another moves, by keys alone @javascript', async ({ page, app }) => {
  await app.signUp();
  await app.visit('/welcome?step=plan&income=4000.00&currency=EUR');
  const before = await share(page, 'Food').inputValue();
  await main(page).getByRole('button', { name: 'Keep Food as it is' }).press('Enter');
  await share(page, 'Housing').fill('40');
  await share(page, 'Housing').press('Tab');
  await expect(share(page, 'Food')).toHaveValue(before);
  await expect(main(page).getByText('Together 100%')).toBeVisible();
  await share(page, 'Housing').press('ArrowUp');
  await expect(share(page, 'Housing')).toHaveValue('41');
  await main(page).getByRole('button', { name: 'Back to the proposal' }).click();
  await expect(share(page, 'Food')).toHaveValue(before);
});

test('a double click makes one budget @javascript', async ({ page, app }) => {
  await app.signUp();
  await app.visit('/welcome?step=plan&income=4000.00&currency=EUR');
  await app.leadsTo(/\/budgets\/[0-9a-f]{24}/, () => main(page).getByRole('button', { name: 'Create budget' }).dblclick());
  const { meta } = await (await page.request.get('/api/budgets')).json();
  expect(meta.total).toBe(1);
});

test('a proposal is taken over line by line', async ({ page, app, baseURL }) => {
  await app.signUp();
  const data = { name: 'Home', monthlyIncome: 3000, currency: 'EUR' };
  const answer = await page.request.post('/api/budgets', { headers: { Origin: baseURL }, data });
  const { id } = (await answer.json()).data.budget;
  await app.visit(`/budgets/${id}`);
  await app.leadsTo(/\/proposal$/, () => main(page).getByRole('link', { name: 'See a proposal' }).click());
  await expect(main(page).getByRole('heading', { level: 1, name: 'A proposal for Home' })).toBeVisible();
  const lines = main(page).getByRole('checkbox');
  const housing = main(page).getByRole('checkbox', { name: /^Housing: 30% → / });
  await expect(housing).toBeChecked();
  await expect(housing).toHaveAccessibleDescription(/spend .* of their income/);
  const text = await main(page).getByText(/^Housing: 30% → /).textContent();
  const [, wanted] = /→ ([\d.]+)%/.exec(text);
  for (const line of await lines.all()) await line.uncheck();
  await housing.check();
  await app.leadsTo(`**/budgets/${id}`, () => main(page).getByRole('button', { name: 'Take over what is ticked' }).click());
  await expect(app.toast('Proposal taken over for Home')).toBeVisible();
  const { budget } = (await (await page.request.get(`/api/budgets/${id}`)).json()).data;
  expect(budget.version).toBe(2);
  expect(budget.allocations.housing.percentage).toBe(Number(wanted));
  const sum = Object.values(budget.allocations).reduce((sum, line) => sum + Math.round(line.percentage * 100), 0);
  expect(sum).toBe(10_000);
});
