// Small bank files of our own, with the dates of the running month put in, so that they count in the month that is seen.
import { readFileSync } from 'node:fs';

/** A file for an upload: `YYYY` and `MM` in it become the running year and month. */
export function bankFile(name, type = 'text/plain') {
  const [year, month] = new Date().toISOString().split('-');
  const text = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8').replaceAll('YYYY', year).replaceAll('MM', month);
  return { name, mimeType: type, buffer: Buffer.from(text) };
}

/** A day of the running month, as date fields take it. */
export function dayOfMonth(day) {
  return `${new Date().toISOString().slice(0, 8)}${String(day).padStart(2, '0')}`;
}
