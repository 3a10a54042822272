import { get } from './api.js';
import { button, debounce, el, facts, fill, section } from './dom.js';
import { exact, value, when, ago } from './format.js';
import { nothing, toast } from './states.js';

export async function show({ root, signal, on }) {
  const load = async () => {
    const found = await get('models', {}, signal);
    fill(root, el('div', { class: 'page-head' }, el('div', {}, el('h1', {}, 'Models'),
      el('p', {}, found.inForce ? `Version ${found.inForce.version} is in force since ${when(found.inForce.effectiveFrom)}.` : 'No model is in force yet.'))),
    found.models.length === 0 ? el('div', { class: 'card' }, nothing('No model yet', 'The retrainer trains the first one when the history is long enough.')) : null,
    el('div', { class: 'grid models' },
      el('div', { class: 'stack' }, found.models.length ? versions(found.models) : null, decisions(found.decisions)),
      el('div', { class: 'stack' }, commands(found.commands), trainings(found.trainings))));
  };
  const again = debounce(() => load().catch(() => {}), 300);
  on('model', again);
  on('reset', again);
  await load();
}

const STATES = { 'in force': 'good', candidate: 'accent', withdrawn: 'bad' };

function versions(models) {
  return section('card-body flush', 'Versions', null, [el('ul', { class: 'versions' }, models.map((model, index) => {
    const details = el('details', { open: model.state === 'in force' || (index === 0 && models.every(one => one.state !== 'in force')) },
      el('summary', {}, el('span', { class: 'version num' }, `Version ${model.version}`),
        el('span', { class: `tag ${STATES[model.state] ?? ''}` }, model.state),
        el('span', { class: 'small muted num', title: exact(model.effectiveFrom) }, `from ${when(model.effectiveFrom)}`)),
      facts([...model.facts.map(fact => [fact.name, fact.value]), ['Hash', el('code', {}, model.hash)],
        model.announcedAt && ['Announced', el('span', { title: exact(model.announcedAt) }, ago(model.announcedAt, Date.now()))]]));
    return el('li', {}, details);
  }))]);
}

function number(figure) {
  return typeof figure === 'number' ? value(figure) : figure ?? '–';
}

function decisions(list) {
  return section('card-body flush', 'Decisions', null, [list.length === 0
    ? nothing('No decision yet', 'A decision is written when a new model is compared with the one in force.', true)
    : el('ul', { class: 'decisions' }, list.map(decision => el('li', {},
      el('div', { class: 'row between' }, el('span', { class: 'row' }, el('h3', {}, `Model ${decision.version}`), el('span', { class: 'tag' }, decision.outcome)),
        el('span', { class: 'small muted num', title: exact(decision.time) }, when(decision.time))),
      el('p', { class: 'soft break' }, decision.text),
      decision.figures.length ? el('div', { class: 'table-wrap' }, el('table', { class: 'checks' },
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Check'), el('th', { scope: 'col', class: 'num' }, 'Value'), el('th', { scope: 'col', class: 'num' }, 'Limit'), el('th', { scope: 'col' }, 'Result'))),
        el('tbody', {}, decision.figures.map(figure => el('tr', {},
          el('td', { class: 'break' }, figure.name), el('td', { class: 'num' }, number(figure.value)), el('td', { class: 'num' }, number(figure.limit)),
          el('td', {}, figure.passed === null || figure.passed === undefined ? el('span', { class: 'muted' }, 'for information')
            : el('span', { class: `tag ${figure.passed ? 'good' : 'bad'}` }, figure.passed ? '✓ passed' : '✕ failed'))))))) : null)))]);
}

function trainings(list) {
  return section('card-body', 'Trainings', null, [list.length === 0 ? nothing('No training yet', null, true)
    : el('ol', { class: 'history' }, list.map(training => el('li', {},
      el('div', { class: 'row between' }, el('span', { class: 'row' }, el('strong', {}, training.outcome), training.cause && el('span', { class: 'tag' }, training.cause)),
        el('span', { class: 'small muted num', title: exact(training.time) }, when(training.time))),
      el('p', { class: 'soft break' }, training.text))))]);
}

function commands(list) {
  return section('card-body', 'Commands', null, [list.length === 0 ? el('p', { class: 'muted' }, 'Nothing can be done now.')
    : el('ul', { class: 'commands' }, list.map(item => el('li', {},
      el('p', {}, item.text),
      el('div', { class: 'command' }, el('code', { class: 'break' }, item.command),
        button('Copy', { class: 'slim', 'aria-label': `Copy: ${item.text}`, onclick: async () => {
          try {
            await navigator.clipboard.writeText(item.command);
            toast('The command is in the clipboard.');
          } catch {
            toast('The browser does not allow copying here. Select the command and copy it.');
          }
        } })))))]);
}
