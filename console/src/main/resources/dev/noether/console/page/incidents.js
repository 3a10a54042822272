import { get } from './api.js';
import { button, debounce, el, fill, segments } from './dom.js';
import { count, kindName, plural, shapeName, when } from './format.js';
import { incidentLine, keepFocus } from './incidentlist.js';
import { SEVERITIES, glyph, severityName } from './severity.js';
import { allWell, failed, loading, notFound } from './states.js';

const PAGE = 100;
const KINDS = ['ANOMALY', 'SILENCE', 'STALL', 'GROUP'];
const SHAPES = ['LEVEL', 'SPIKE', 'STUCK', 'CORRELATION', 'DRIFT', 'UNKNOWN'];
const FILTERS = ['state', 'severity', 'kind', 'shape', 'feedback', 'q', 'entity', 'group', 'from', 'to'];

export async function show({ root, params, signal, on, keep }) {
  const list = el('div', { class: 'card' });
  const summary = el('p', { role: 'status' });
  const read = () => Object.fromEntries(FILTERS.map(name => [name, params.get(name)]));
  let shown = PAGE;
  const load = async quiet => {
    if (!quiet) {
      fill(list, loading());
    }
    try {
      const filter = { ...read(), state: params.get('state') ?? 'all' };
      const found = await collect(filter, shown, signal);
      fill(summary, `${plural(found.total, 'incident')}${describe(filter)}`);
      keepFocus(list, () => fill(list, body(found, filter, () => {
        shown += PAGE;
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
    shown = PAGE;
    load(true);
  };
  fill(root,
    el('div', { class: 'page-head' }, el('div', {}, el('h1', {}, 'Incidents'), summary)),
    toolbar(params, change), list);
  const again = debounce(() => load(true), 300);
  on('incident', again);
  on('reset', again);
  await load(false);
}

/** Reads as many pages as are shown, so that a refresh does not shorten the list. */
async function collect(filter, wanted, signal) {
  const found = await get('incidents', { ...filter, limit: PAGE }, signal);
  while (found.incidents.length < wanted && found.next) {
    const more = await get('incidents', { ...filter, limit: PAGE, cursor: found.next }, signal);
    found.incidents.push(...more.incidents);
    found.next = more.next;
  }
  return found;
}

function describe(filter) {
  const parts = [];
  if (filter.entity) {
    parts.push(` of ${filter.entity}`);
  }
  if (filter.group) {
    parts.push(' in one outbreak');
  }
  if (filter.from && filter.to) {
    parts.push(` from ${when(Number(filter.from))} to ${when(Number(filter.to))}`);
  }
  return parts.join(',');
}

function body(found, filter, more) {
  if (found.incidents.length === 0) {
    return filter.state === 'open' && !filter.severity && !filter.q && !filter.kind
      ? allWell('Nothing is open', 'Every entity behaves as the model expects.')
      : notFound('No incident fits these filters', 'Choose other filters, or a longer time.');
  }
  return [
    el('ul', { class: 'lines' }, found.incidents.map(incident => incidentLine(incident))),
    found.next ? el('p', { class: 'more' }, button(`Show more of ${count(found.total)}`, { class: 'slim', onclick: more })) : null,
  ];
}

function toolbar(params, change) {
  const chosen = new Set((params.get('severity') ?? '').split(',').filter(Boolean));
  const severities = el('div', { class: 'toggles', role: 'group', 'aria-label': 'Severity' }, SEVERITIES.map(severity => {
    const toggle = el('button', {
      type: 'button', class: 'toggle', 'aria-pressed': String(chosen.has(severity)), title: severityName(severity), 'aria-label': severityName(severity),
      onclick: () => {
        chosen.has(severity) ? chosen.delete(severity) : chosen.add(severity);
        toggle.setAttribute('aria-pressed', String(chosen.has(severity)));
        change({ severity: [...chosen].join(',') });
      },
    }, glyph(severity, false, true));
    return toggle;
  }));
  const text = el('input', { class: 'field grow', type: 'search', placeholder: 'Entity or words', 'aria-label': 'Entity or words', value: params.get('q') });
  text.addEventListener('input', debounce(() => change({ q: text.value.trim() }), 250));
  const scoped = ['entity', 'group', 'from', 'to'].filter(name => params.get(name));
  const scope = scoped.length ? button('Whole list', { class: 'slim', onclick: () => {
    change(Object.fromEntries(scoped.map(name => [name, null])));
    scope.remove();
  } }) : null;
  return el('div', { class: 'toolbar' },
    segments('State', [['all', 'All'], ['open', 'Open'], ['resolved', 'Resolved']], params.get('state') ?? 'all', state => change({ state })),
    severities,
    choice('Kind', 'Any kind', KINDS.map(kind => [kind, kindName(kind)]), params.get('kind'), kind => change({ kind })),
    choice('Shape', 'Any shape', SHAPES.map(shape => [shape, shapeName(shape)]), params.get('shape'), shape => change({ shape })),
    choice('Feedback', 'Any feedback', [['none', 'no feedback'], ['confirmed', 'confirmed'], ['dismissed', 'dismissed']], params.get('feedback'), feedback => change({ feedback })),
    text, scope);
}

export function choice(label, any, options, chosen, choose) {
  const node = el('select', { class: 'select', 'aria-label': label }, el('option', { value: '' }, any),
    options.map(([value, text]) => el('option', { value, selected: value === chosen }, text)));
  node.addEventListener('change', () => choose(node.value));
  return node;
}
