// What is looked at in the page itself: functions that run there, so each stands alone, and answers names for people.

/**
 * Installed before a page's own scripts: notes every shift of the layout, and what has moved. Also what Chromium takes
 * for an answer to an input: nobody touches anything here, but on a phone it takes the first half second for that.
 */
export function watchShifts() {
  window.layoutShifts = [];
  const name = (node) => (node?.nodeType === 1 ? `${node.localName}.${node.className?.baseVal ?? node.className}` : `“${node?.textContent?.trim().slice(0, 30) ?? 'gone'}”`);
  const note = (list) => {
    // Below a half of the hundredth that is shown as 0.00, a field on its way has been drawn before its neighbour came.
    for (const shift of list.getEntries().filter(({ value }) => value >= 0.005)) window.layoutShifts.push(`${shift.value.toFixed(4)}: ${shift.sources.map(({ node }) => name(node)).join(', ')}`);
  };
  new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true });
}

/** The shifts so far, once what was drawn last has been counted. */
export async function shifts() {
  for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  return window.layoutShifts;
}

/** Whatever makes the page wider than the window. */
export function sideways() {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const name = (element) => `${element.localName}.${element.className?.baseVal ?? element.className}`;
  const scrollsItself = (element) => element && element !== page && (getComputedStyle(element).overflowX !== 'visible' || scrollsItself(element.parentElement));
  const wide = [...document.body.querySelectorAll('*')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (right > page.clientWidth + 0.5 || left < -0.5) && !scrollsItself(element.parentElement);
  });
  return [`${page.scrollWidth - page.clientWidth} px`, ...wide.slice(0, 4).map(name)];
}

/**
 * Controls that a finger misses: smaller than 44 × 44 px. What belongs to a control counts: its label, and a link's
 * invisible area. Links within a sentence are as high as the sentence.
 */
export function smallTargets() {
  const least = 43.5;
  const root = document.querySelector('dialog:modal') ?? document.body;
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=menuitem], [role=option], [role=switch]';
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]') && element.getBoundingClientRect().width > 1;
  const clipped = (element) => getComputedStyle(element).clipPath !== 'none';
  const inSentence = (element) =>
    element.localName === 'a' && getComputedStyle(element).display === 'inline' && [...element.parentElement.childNodes].some((node) => node.nodeType === 3 && /\p{L}/u.test(node.data));
  const boxes = (element) => {
    const labels = [...(element.labels ?? [])].filter(() => /^(checkbox|radio|file)$/.test(element.type));
    const rects = [element, ...labels].map((one) => one.getBoundingClientRect());
    for (const part of ['::before', '::after']) {
      const { content, position, width, height } = getComputedStyle(element, part);
      if (content !== 'none' && position === 'absolute') rects.push({ width: parseFloat(width), height: parseFloat(height) });
    }
    return rects;
  };
  const name = (element) => `${element.localName} “${(element.ariaLabel || element.labels?.[0]?.innerText || element.innerText || element.name || '').trim().replace(/\s+/g, ' ').slice(0, 30)}”`;
  const small = [...root.querySelectorAll(controls)].filter(seen).filter((element) => {
    if (inSentence(element) || (clipped(element) && !element.labels?.length)) return false;
    return !boxes(element).some(({ width, height }) => width >= least && height >= least);
  });
  const size = (element) => boxes(element).map(({ width, height }) => `${Math.round(width)}×${Math.round(height)}`).join(' / ');
  return [...new Set(small.map((element) => `${name(element)} ${size(element)}`))];
}

/** Animations and transitions that run. */
export function motion() {
  return document.getAnimations().filter(({ playState }) => playState === 'running').map(({ effect, animationName, transitionProperty }) => `${animationName ?? transitionProperty} of ${effect?.target?.className}`);
}
