// Draws a chart of the page anew with ECharts, over the SVG that the server sent: figures at the pointer, an axis.
// The page asks for it when a mouse first rests on a chart (see app/src/shell.rs).
import { init } from '/vendor/echarts-6.1.0.js';

/** Tokens of the style sheet as the colours that they are at the moment; a canvas turns each into one that ECharts reads. */
function resolved(options, element) {
  const swatch = element.appendChild(document.createElement('i'));
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const text = JSON.stringify(options).replace(/var\((--[a-z0-9-]+)\)/g, (_, name) => {
    swatch.style.color = `var(${name})`;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = getComputedStyle(swatch).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgba(${red},${green},${blue},${alpha / 255})`;
  });
  swatch.remove();
  return JSON.parse(text);
}

/** Numbers as the page's language writes them. */
function formats({ currency, locale }) {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const short = new Intl.NumberFormat(locale, { notation: 'compact' });
  return { money: (value) => money.format(value), short: (value) => short.format(value) };
}

/** Draws the chart of an element with `data-chart` (where its options are), `data-currency` and `data-locale`. */
export async function draw(element) {
  const answer = await fetch(element.dataset.chart, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const options = resolved(await answer.json(), element);
  const { money, short } = formats(element.dataset);
  const ink = getComputedStyle(element).color;
  const font = getComputedStyle(element).fontFamily;
  Object.assign(options.tooltip, { renderMode: 'richText', valueFormatter: money, textStyle: { color: ink, fontFamily: font } });
  options.textStyle = { color: ink, fontFamily: font };
  options.animation = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  options.animationDuration = 150;
  for (const axis of [options.xAxis, options.yAxis].flat()) axis.axisLabel = { ...axis.axisLabel, color: ink };
  for (const axis of [options.yAxis].flat()) axis.axisLabel.formatter = short;

  const place = document.createElement('div');
  place.className = 'chart-live';
  place.setAttribute('aria-hidden', 'true');
  element.append(place);
  const chart = init(place, null, { renderer: 'svg' });
  chart.setOption(options);
  // A column leads where its link leads.
  const links = element.querySelectorAll('a[href]');
  chart.on('click', ({ dataIndex }) => links[dataIndex]?.click());
  const watch = new ResizeObserver(() => (element.isConnected ? chart.resize() : watch.disconnect()));
  watch.observe(element);
  element.classList.add('live');
}
