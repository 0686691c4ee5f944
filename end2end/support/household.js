// A household with a budget, some rows and a bank file that waits, made through REST: for tests that look at all pages.
import { bankFile } from './files.js';

/** The pages that everybody sees. */
export const PUBLIC = [
  '/',
  '/auth/signin',
  '/auth/signup',
  '/auth/forgot-password',
  '/auth/check-mail',
  '/auth/reset-password?token=unknown',
  '/auth/verify-email?token=unknown',
  '/auth/continue',
  '/terms',
  '/privacy',
  '/nowhere',
];

/** The pages of who is signed in, wherever they have no id in their address. */
const SIGNED_IN = [
  '/dashboard',
  '/budgets',
  '/budgets/new',
  '/invites',
  '/expenses',
  '/expenses?add=1',
  '/expenses?keys=1',
  '/expenses?q=nothing',
  '/expenses/import',
  '/recurring',
  '/expenses/review',
  '/rules',
  '/rules/new',
  '/settings/profile',
  '/settings/preferences',
  '/settings/security',
  '/settings/accounts',
  '/settings/trash',
  '/settings/data',
  '/welcome',
  '/welcome?step=household&income=4000.00&currency=EUR',
  '/welcome?step=plan&income=4000.00&currency=EUR',
];

let people = 0;

/** Signs the page in as somebody new, with data. Answers all addresses of theirs, each under a name that stays the same. */
export async function household(page, url) {
  const post = async (path, options) => {
    const answer = await page.request.post(path, { headers: { Origin: url }, ...options });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()).data;
  };
  const email = `grace.${process.pid}.${(people += 1)}@example.org`;
  await post('/api/auth/register', { data: { name: 'Grace Example', email, password: 'four plain words here', terms: true } });
  const { budget } = await post('/api/budgets', { data: { name: 'Our home', monthlyIncome: 4000, currency: 'EUR' } });
  const bank = (name, type) => ({ multipart: { budgetId: budget.id, file: bankFile(name, type) } });
  await post('/api/budgets', { data: { name: 'Holidays', monthlyIncome: 500, currency: 'EUR' } });
  await page.request.put(`/api/budgets/${budget.id}`, { headers: { Origin: url }, data: { version: 1, monthlyIncome: 4200, note: 'A raise' } });
  await post('/api/expenses/bulk-import', bank('giro.ofx'));
  const { importId } = await post('/api/expenses/bulk-import?dryRun=true', bank('card.csv', 'text/csv'));
  await post(`/api/budgets/${budget.id}/share`, { data: { email: `guest.${email}`, role: 'edit' } });
  const rows = await (await page.request.get(`/api/expenses?budgetId=${budget.id}`)).json();
  const own = {
    '/budgets/…': `/budgets/${budget.id}`,
    '/budgets/…/edit': `/budgets/${budget.id}/edit`,
    '/budgets/…/activity': `/budgets/${budget.id}/activity`,
    '/budgets/…/proposal': `/budgets/${budget.id}/proposal`,
    '/budgets/…/history': `/budgets/${budget.id}/history?from=1&to=2`,
    '/budgets/…/share': `/budgets/${budget.id}/share`,
    '/expenses?edit=…': `/expenses?edit=${rows.data[0].id}`,
    '/expenses/import?import=…': `/expenses/import?import=${importId}`,
  };
  return { ...Object.fromEntries(SIGNED_IN.map((address) => [address, address])), ...own };
}
