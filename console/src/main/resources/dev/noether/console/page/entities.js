import { get } from './api.js';
import { present } from './clock.js';
import { button, debounce, el, fill, segments } from './dom.js';
import { ago, count, exact, plural } from './format.js';
import { entityLink, keepFocus } from './incidentlist.js';
import { glyph, severityName } from './severity.js';
import { failed, loading, notFound, nothing } from './states.js';

const DAY = 86400e3;
const PAGE = 100;

export async function show({ root, params, signal, on, keep }) {
  const list = el('div', { class: 'card' });
  const summary = el('p', { role: 'status' });
  let limit = PAGE;
  const load = async quiet => {
    if (!quiet) {
      fill(list, loading());
    }
    try {
      const to = present();
      const days = Number(params.get('days') ?? 7);
      const query = { q: params.get('q'), order: params.get('order') ?? 'alarms', from: to - days * DAY, to, limit: PAGE };
      const found = await get('entities', query, signal);
      while (found.entities.length < limit && found.next) {
        const more = await get('entities', { ...query, cursor: found.next }, signal);
        found.entities.push(...more.entities);
        found.next = more.next;
      }
      fill(summary, plural(found.total, 'entity', 'entities'));
      keepFocus(list, () => fill(list, table(found, days, params.get('q'), () => {
        limit += PAGE;
        load(true);
      })));
    } catch (failure) {
      if (!signal.aborted && (failure.status !== 0 || !quiet)) {
        fill(list, failed(failure, () => load(false)));
      }
    }
  };
  const change = values => {
    keep(values);
    limit = PAGE;
    load(true);
  };
  const text = el('input', { class: 'field grow', type: 'search', placeholder: 'Name', 'aria-label': 'Name of an entity', value: params.get('q') });
  text.addEventListener('input', debounce(() => change({ q: text.value.trim() }), 250));
  fill(root, el('div', { class: 'page-head' }, el('div', {}, el('h1', {}, 'Entities'), summary)),
    el('div', { class: 'toolbar' },
      segments('Order', [['alarms', 'Most alarms'], ['recent', 'Newest'], ['name', 'Name']], params.get('order') ?? 'alarms', order => change({ order })),
      segments('Time', [['1', '1 day'], ['7', '7 days'], ['30', '30 days']], params.get('days') ?? '7', days => change({ days })), text), list);
  const again = debounce(() => load(true), 1000);
  on('incident', again);
  on('reset', again);
  await load(false);
}

function table(found, days, q, more) {
  if (found.entities.length === 0) {
    return q ? notFound('No entity has this in its name', `Nothing contains “${q}”.`)
      : nothing('No entity yet', 'An entity appears here with its first score.');
  }
  return [
    el('div', { class: 'table-wrap' }, el('table', { class: 'entities' },
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Entity'), el('th', { scope: 'col' }, 'Worst'), el('th', { scope: 'col', class: 'num' }, 'Open'),
        el('th', { scope: 'col', class: 'num' }, `Alarms in ${plural(days, 'day')}`), el('th', { scope: 'col', class: 'num wide-only' }, 'Rows'), el('th', { scope: 'col', class: 'num' }, 'Newest'))),
      el('tbody', {}, found.entities.map(entity => el('tr', { 'data-line': true, 'data-id': entity.entity },
        el('td', {}, entityLink(entity.entity, { class: 'break line-name' })),
        el('td', { class: 'nowrap' }, entity.worst ? el('span', { class: 'badge' }, glyph(entity.worst, false, true), el('span', { class: 'wide-only' }, severityName(entity.worst))) : el('span', { class: 'muted' }, '–')),
        el('td', { class: 'num' }, entity.open ? el('span', { class: 'tag bad' }, count(entity.open)) : el('span', { class: 'muted' }, '0')),
        el('td', { class: 'num' }, count(entity.alarms)),
        el('td', { class: 'num wide-only' }, count(entity.rows)),
        el('td', { class: 'num soft', title: entity.lastTime ? exact(entity.lastTime) : null }, ago(entity.lastTime))))))),
    found.next ? el('p', { class: 'more' }, button(`Show more of ${count(found.total)}`, { class: 'slim', onclick: more })) : null,
  ];
}
