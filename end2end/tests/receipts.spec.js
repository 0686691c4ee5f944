// The receipt of an expense: attached from its sheet, looked at, taken away and taken back.
import { expect, test } from '../support/test.js';
import { deflateSync, crc32 } from 'node:zlib';

/** A picture of one colour, as PNG. */
function png(width, height) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = [Buffer.alloc(4), Buffer.alloc(4)];
    ends[0].writeUInt32BE(data.length);
    ends[1].writeUInt32BE(crc32(body));
    return Buffer.concat([ends[0], body, ends[1]]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0xd0)]);
  const rows = deflateSync(Buffer.concat(Array(height).fill(row)));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

const photo = { name: 'bakery.png', mimeType: 'image/png', buffer: png(600, 900) };

async function take(app, sheet, file) {
  await sheet.getByLabel('Attach a receipt').setInputFiles(file);
  if (!app.hydrated) await sheet.getByRole('button', { name: 'Attach', exact: true }).click();
}

test('a photo is attached, seen, taken away and taken back', async ({ page, app }) => {
  await app.signUp();
  await app.addExpense(await app.openAdd(), { amount: '4', merchant: 'Bakery' });
  await app.visit('/expenses');
  await app.leadsTo(/edit=/, () => app.row('Bakery').getByRole('link').click());
  const sheet = page.getByRole('dialog', { name: 'Edit expense' });
  // What has been typed meanwhile stays.
  await sheet.getByLabel('Merchant').fill('Bakery Müller');
  await take(app, sheet, photo);
  await expect(sheet.getByText('bakery.jpg')).toBeVisible();
  if (app.hydrated) {
    await expect(sheet.getByLabel('Merchant')).toHaveValue('Bakery Müller');
  } else {
    await sheet.getByLabel('Merchant').fill('Bakery Müller');
  }
  const small = sheet.getByRole('img', { name: 'bakery.jpg' });
  await expect(small).toHaveJSProperty('complete', true);
  expect(await small.evaluate((image) => image.naturalHeight)).toBe(320);
  await sheet.getByRole('button', { name: 'Save changes' }).click();
  await expect(app.toast('Bakery Müller')).toBeVisible();
  await app.visit('/expenses?hasReceipt=true');
  await expect(app.row('Bakery Müller')).toContainText('With a receipt');

  await app.leadsTo(/edit=/, () => app.row('Bakery Müller').getByRole('link').click());
  await sheet.getByRole('button', { name: 'Remove' }).click();
  await expect(app.toast('The receipt of Bakery Müller is removed')).toBeVisible();
  await expect(sheet.getByText('bakery.jpg')).toHaveCount(0);
  if (app.hydrated) {
    await sheet.getByRole('button', { name: 'Put it back' }).click();
    await expect(sheet.getByText('bakery.jpg')).toBeVisible();
    // The sheet knows the row as it stands now.
    await sheet.getByLabel('Merchant').fill('Bakery');
    await sheet.getByRole('button', { name: 'Save changes' }).click();
    await expect(app.toast('Bakery saved')).toBeVisible();
  } else {
    await app.toast('is removed').getByRole('button', { name: 'Undo' }).click();
  }
  await app.visit('/expenses?hasReceipt=true');
  await expect(app.row('Bakery')).toBeVisible();
});

test('what is no receipt is refused in words', async ({ page, app }) => {
  await app.signUp();
  await app.addExpense(await app.openAdd(), { amount: '4', merchant: 'Bakery' });
  await app.visit('/expenses');
  await app.leadsTo(/edit=/, () => app.row('Bakery').getByRole('link').click());
  const sheet = page.getByRole('dialog', { name: 'Edit expense' });
  await take(app, sheet, { name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<html></html>') });
  await expect(sheet.getByText(/no receipt that we can read/)).toBeVisible();
});
