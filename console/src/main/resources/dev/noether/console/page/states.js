import { button, el, svg } from './dom.js';

const SIGNS = {
  good: 'M5 12.5l4.5 4.500L19 7.500',
  bad: 'M12 6v7.500M12 17.400v.200',
  empty: 'M5 12h14',
  search: 'M10.500 4.500a6 6 0 1 1 0 12 6 6 0 1 1 0-12M15 15l4.500 4.500',
};

function state(kind, sign, title, text, action, slim) {
  return el('div', { class: `state ${kind} ${slim ? 'slim' : ''}` },
    el('div', { class: 'mark', 'aria-hidden': 'true' }, svg('svg', { viewBox: '0 0 24 24' }, svg('path', {
      d: SIGNS[sign], fill: 'none', stroke: 'currentColor', 'stroke-width': 2.4, 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
    }))),
    el('h2', {}, title), text && el('p', { class: 'break' }, text), action);
}

export const allWell = (title, text) => state('good', 'good', title, text);
export const nothing = (title, text, slim = false) => state('', 'empty', title, text, null, slim);
export const notFound = (title, text, action) => state('', 'search', title, text, action);

/** An error with a way to try again. */
export function failed(failure, again) {
  const title = failure.status === 404 ? 'Not found' : failure.status === 0 ? 'No connection' : 'This cannot be shown';
  return state('bad', 'bad', title, failure.message, again && button('Try again', { onclick: again }));
}

export function loading(lines = 6) {
  return el('div', { class: 'skeleton', role: 'status', 'aria-label': 'Loading' },
    Array.from({ length: lines }, () => el('i')));
}

/** A sentence that appears for some seconds. */
export function toast(text, kind = '', content = null) {
  const node = el('div', { class: `toast ${kind}` }, content ?? text);
  document.getElementById('toasts').append(node);
  setTimeout(() => node.remove(), 7000);
}
