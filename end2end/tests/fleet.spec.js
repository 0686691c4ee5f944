// Two processes, each request to the other one than the last. What a person does is in the other files, which run here, too.
import { expect, test } from '../support/test.js';

test('both processes answer, and one that dies is not missed', async ({ page, app, server }) => {
  await app.signUp();
  const budget = await app.createBudget('4000');
  const sheet = await app.openAdd();
  await app.addExpense(sheet, { amount: '12.30', merchant: 'Green Grocer', category: 'Food' });
  await app.addExpense(sheet, { amount: '7.70', merchant: 'Book Barn', category: 'Leisure' });
  const before = await server.answered();
  expect(Math.min(...before), `answered by each: ${before}`).toBeGreaterThan(3);

  await server.kill(1);
  await app.visit(`/budgets/${budget}`);
  const total = page.getByRole('table', { name: 'The month by category' }).getByRole('row', { name: /^Total/ });
  await expect(total).toContainText('20.00');
  const again = await app.openAdd();
  await app.addExpense(again, { amount: '10', merchant: 'Tram and Bus', category: 'Transport' });
  await app.visit(`/budgets/${budget}`);
  await expect(total).toContainText('30.00');
  const after = await server.answered();
  expect(after[0]).toBeGreaterThan(before[0]);
});
