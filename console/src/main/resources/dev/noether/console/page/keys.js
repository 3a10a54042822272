import { button, el } from './dom.js';

const PLACES = { n: '/', t: '/timeline', i: '/incidents', e: '/entities', m: '/models' };
const KEYS = [
  [['/'], 'Search'],
  [['g', 'n'], 'Now'],
  [['g', 't'], 'Timeline'],
  [['g', 'i'], 'Incidents'],
  [['g', 'e'], 'Entities'],
  [['g', 'm'], 'Models'],
  [['j'], 'Next line of a list'],
  [['k'], 'Line before'],
  [['Enter'], 'Open the line'],
  [['c'], 'Incident: confirm it'],
  [['d'], 'Incident: dismiss it as normal'],
  [['+'], 'Timeline: zoom in; − zooms out, arrows move'],
  [['u'], 'Times in UTC or in your zone'],
  [['l'], 'Light or dark'],
  [['?'], 'This help'],
];

export function showHelp() {
  const dialog = el('dialog', { 'aria-label': 'Keyboard shortcuts' });
  dialog.append(el('div', { class: 'inner' }, el('h2', {}, 'Keyboard shortcuts'),
    el('dl', { class: 'keys' }, KEYS.map(([keys, text]) => [
      el('dt', {}, keys.map((key, index) => [index ? ' ' : null, el('kbd', {}, key)])), el('dd', {}, text),
    ])),
    el('div', { class: 'actions' }, button('Close', { onclick: () => dialog.close() }))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function typing(target) {
  return target.closest?.('input, textarea, select, dialog') !== null;
}

/** The lines of the view that `j` and `k` walk: elements with `data-line` that hold a link. */
function walk(step) {
  const lines = [...document.querySelectorAll('[data-line]')];
  if (lines.length === 0) {
    return;
  }
  const at = lines.findIndex(line => line.classList.contains('picked'));
  lines[at]?.classList.remove('picked');
  const line = lines[Math.max(0, Math.min(lines.length - 1, at < 0 ? 0 : at + step))];
  line.classList.add('picked');
  line.scrollIntoView({ block: 'nearest' });
  line.querySelector('a')?.focus({ preventScroll: true });
}

export function shortcuts({ go, switchTheme, switchZone }) {
  let leader = 0;
  const single = {
    '/': () => document.querySelector('#search input').focus(),
    '?': showHelp,
    j: () => walk(1),
    k: () => walk(-1),
    l: switchTheme,
    u: switchZone,
    c: () => document.querySelector('[data-key="c"]')?.click(),
    d: () => document.querySelector('[data-key="d"]')?.click(),
  };
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    if (performance.now() < leader && PLACES[event.key]) {
      leader = 0;
      event.preventDefault();
      go(PLACES[event.key]);
    } else if (event.key === 'g') {
      leader = performance.now() + 1500;
    } else if (single[event.key]) {
      event.preventDefault();
      single[event.key]();
    }
  });
}
