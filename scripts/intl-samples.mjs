#!/usr/bin/env node
// Writes domain/tests/data/intl.tsv: what ICU (Node's Intl) makes of amounts, numbers and dates, for
// domain/tests/locale_cldr.rs to compare ours with.   node scripts/intl-samples.mjs > domain/tests/data/intl.tsv
const tags = ["en-US", "en-GB", "en-IN", "en-CA", "de-DE", "de-AT", "de-CH", "fr-FR", "es-ES", "hi-IN", "ja-JP"];
const currencies = { EUR: 2, USD: 2, CHF: 2, GBP: 2, INR: 2, CAD: 2, BRL: 2, JPY: 0, KWD: 3 };
const amounts = [0, 5, -320, 123450, -123456, 1234550, -123456789, 999999999999];
const print = (...cells) => console.log(cells.join("\t"));

console.log(`# ICU ${process.versions.icu}, CLDR ${process.versions.cldr}; written by scripts/intl-samples.mjs`);
for (const tag of tags) {
  for (const [currency, exponent] of Object.entries(currencies)) {
    const money = new Intl.NumberFormat(tag, { style: "currency", currency });
    for (const minor of amounts) print("money", tag, currency, minor, money.format(minor / 10 ** exponent));
  }
  const count = new Intl.NumberFormat(tag);
  const percent = new Intl.NumberFormat(tag, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  for (const number of amounts) {
    print("count", tag, number, count.format(number));
    if (number % 10 === 0) print("percent", tag, number, percent.format(number / 10000));
  }
  const date = (options, day) => new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...options }).format(day);
  for (let month = 0; month < 12; month++) {
    const day = new Date(Date.UTC(2026, month, 1 + 2 * month));
    const iso = day.toISOString().slice(0, 10);
    print("short", tag, iso, date({ weekday: "short", day: "numeric", month: "short" }, day));
    print("full", tag, iso, date({ year: "numeric", day: "numeric", month: "short" }, day));
    print("month", tag, iso, date({ year: "numeric", month: "long" }, day));
    print("weekday", tag, iso, date({ weekday: "long" }, day));
  }
}
