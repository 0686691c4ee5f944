// The test function of all files: a server for each worker, pages that may not complain, and words for what people do.
import { test as base, expect } from '@playwright/test';
import { startFleet } from './fleet.js';
import { start } from './server.js';

/** Chromium itself says so when an answer is 4xx (a form with a fault, a page that isn't there) or a test cuts the line. */
const REFUSED = /^Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_INTERNET_DISCONNECTED)/;

/** What a page listens to while it is looked at. */
const EVENTS = '/api/events';

let people = 0;

export const test = base.extend({
  /** How many processes there are, on one MongoDB and Redis; 0: one with the embedded store. */
  fleet: [0, { option: true, scope: 'worker' }],

  server: [
    async ({ fleet }, use) => {
      const server = await (fleet ? startFleet(fleet) : start());
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  /** A page on which nothing may go wrong unseen: no error, no warning of hydration, no answer of 5xx. */
  page: async ({ page }, use) => {
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const [text] = message.text().split('\n');
      // A page that follows changes comes back by itself when its line breaks, and Chromium says that it broke.
      const line = message.location().url.endsWith(EVENTS);
      if (['error', 'warning'].includes(message.type()) && !line && !REFUSED.test(text)) complaints.push(`${message.type()}: ${text}`);
    });
    page.on('response', (answer) => {
      if (answer.status() >= 500 && !answer.url().endsWith(EVENTS)) complaints.push(`${answer.status()} for ${answer.url()}`);
    });
    await use(page);
    expect(complaints, 'what the browser complained about').toEqual([]);
  },

  /** What a person does, in words that are the same with and without JavaScript. */
  app: async ({ page, javaScriptEnabled, isMobile }, use) => use(new App(page, javaScriptEnabled !== false, Boolean(isMobile))),
});

class App {
  constructor(page, hydrated, phone) {
    Object.assign(this, { page, hydrated, phone });
  }

  /** Goes to an address, and waits until the page has been taken over where that is to come. */
  async visit(path) {
    await this.page.goto(path);
    await this.ready();
  }

  /** Until the program in the page runs. */
  async ready() {
    if (this.hydrated) await expect(this.page.locator('html[data-ready]')).toBeAttached();
  }

  /** Does something that leads to an address, and waits until the page is there. */
  async leadsTo(address, action) {
    await action();
    await this.page.waitForURL(address);
    await this.ready();
  }

  /** A new person, signed in, on the page for the first budget. */
  async signUp(name = 'Ada Example') {
    const person = { name, email: `ada.${process.pid}.${(people += 1)}@example.org`, password: 'four plain words here' };
    await this.visit('/auth/signup');
    const form = this.page.getByRole('main');
    await form.getByLabel('Name').fill(person.name);
    await form.getByLabel('E-mail').fill(person.email);
    await form.getByLabel('Password', { exact: true }).fill(person.password);
    await form.getByRole('checkbox', { name: /terms/ }).check();
    await this.leadsTo('**/welcome', () => form.getByRole('button', { name: 'Create account' }).click());
    return person;
  }

  /** The first budget, with the shares that are proposed; ends on its month. */
  async createBudget(income = '4000') {
    await this.visit('/welcome');
    await this.page.getByLabel('Income a month').fill(income);
    await this.page.getByRole('combobox', { name: 'Currency' }).selectOption('EUR');
    await this.leadsTo(/step=plan/, () => this.page.getByRole('button', { name: 'Straight to the proposal' }).click());
    await this.leadsTo(/\/budgets\/[0-9a-f]{24}/, () => this.page.getByRole('button', { name: 'Create budget' }).click());
    return /\/budgets\/([0-9a-f]{24})/.exec(this.page.url())[1];
  }

  /** A budget of 4,000 euros with the standard shares (as a program makes it); ends on its month. */
  async standardBudget() {
    const headers = { Origin: new URL(this.page.url()).origin };
    const answer = await this.page.request.post('/api/budgets', { headers, data: { name: 'Home', monthlyIncome: 4000, currency: 'EUR' } });
    const { id } = (await answer.json()).data.budget;
    await this.visit(`/budgets/${id}`);
    return id;
  }

  /** The sheet for new expenses. */
  async openAdd() {
    await this.visit('/expenses?add=1');
    return this.page.getByRole('dialog', { name: 'Add expense' });
  }

  /** Fills the sheet for new expenses and sends it by Enter. */
  async addExpense(sheet, { amount, merchant, category, date, kind }) {
    await sheet.getByLabel('Amount').fill(amount);
    if (category) await sheet.getByLabel('Category', { exact: true }).selectOption({ label: category });
    if (date) await sheet.getByLabel('Date').fill(date);
    if (kind) await sheet.getByLabel('Kind').selectOption({ label: kind });
    await sheet.getByLabel('Merchant').fill(merchant);
    await sheet.getByLabel('Merchant').press('Enter');
    await expect(this.toast(merchant)).toBeVisible();
  }

  /** A quiet word at the edge. */
  toast(text) {
    return this.page.getByRole('status', { name: 'Messages' }).filter({ hasText: text });
  }

  /** The rows of the expense table. */
  rows() {
    return this.page.getByRole('table', { name: 'Expenses, refunds, income and transfers' }).locator('tbody').getByRole('row');
  }

  /** The row of a merchant. */
  row(merchant) {
    return this.rows().filter({ hasText: merchant });
  }

  /** Drops a bank file into the form; the preview is there afterwards. */
  async upload(file) {
    await this.visit('/expenses/import');
    await this.page.getByLabel('Bank file').setInputFiles(file);
    if (!this.hydrated) await this.page.getByRole('button', { name: 'Show the preview' }).click();
    await this.page.waitForURL(/import=[0-9a-f]{24}/);
    await this.ready();
    await expect(this.page.getByRole('heading', { name: file.name })).toBeVisible();
  }
}

export { App, expect };
