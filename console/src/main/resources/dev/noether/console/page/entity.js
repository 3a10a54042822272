import { get } from './api.js';
import { featureChart, legend, scoreChart, sweep } from './chart.js';
import { present } from './clock.js';
import { debounce, el, fill, section, segments } from './dom.js';
import { ago, count, exact, plural, span, value, when } from './format.js';
import { incidentLines } from './incidentlist.js';
import { failed, loading, nothing } from './states.js';

const HOUR = 3600e3;
const RANGES = [['1', '1 h'], ['6', '6 h'], ['24', '24 h'], ['168', '7 d'], ['720', '30 d']];
const LABELS = { 1: '1 hour', 6: '6 hours', 24: '24 hours', 168: '7 days', 720: '30 days' };

export async function show({ root, params, signal, on, keep, title }) {
  const name = params.get('name') ?? '';
  title(name);
  const place = { figures: el('div', { class: 'figures' }), score: el('div'), features: el('div'), incidents: el('div') };
  const hours = () => Number(params.get('hours') ?? 24);
  let loaded = 0;
  const load = async () => {
    loaded = Date.now();
    const to = present();
    const from = to - hours() * HOUR;
    const [entity, series] = await Promise.all([get('entity', { name, from, to }, signal), get('series', { entity: name, from, to, points: 500 }, signal)]);
    drawFigures(place.figures, entity, hours());
    drawCharts(place, entity, series);
    fill(place.incidents, section('card-body flush', `Incidents in ${LABELS[hours()] ?? `${hours()} h`}`, null, [entity.incidents.length
      ? incidentLines(entity.incidents, { withEntity: false }) : nothing('No incident in this time', null, true)]));
    sweep();
  };
  await load();
  fill(root,
    el('div', { class: 'page-head' }, el('div', {}, el('p', { class: 'muted small' }, 'Entity'), el('h1', { class: 'break' }, name)),
      segments('Time', RANGES, String(hours()), value => {
        keep({ hours: value });
        fill(place.score, section('card-body', 'Alarm score', null, [loading(3)]));
        load().catch(failure => signal.aborted || fill(place.score, failed(failure, load)));
      })),
    place.figures, el('div', { class: 'stack' }, place.score, place.features, place.incidents));
  const again = debounce(() => load().catch(() => {}), 400);
  on('incident', incident => incident.entity === name && again());
  on('reset', again);
  on('status', () => hours() <= 6 && Date.now() - loaded > 30e3 && again());
}

function figure(name, number, note) {
  return el('div', { class: 'card tile-figure' }, el('span', { class: 'small muted' }, name), el('span', { class: 'figure num' }, number), note && el('span', { class: 'small muted num' }, note));
}

function drawFigures(place, entity, hours) {
  const promised = entity.promisedPerRow;
  const ratio = promised && entity.realisedPerRow !== null && entity.rows ? entity.realisedPerRow / promised : null;
  fill(place,
    figure(`Alarms in ${LABELS[hours] ?? `${hours} h`}`, count(entity.alarms), `in ${plural(entity.rows, 'row')}`),
    figure('Realised rate', entity.realisedPerRow === null ? '–' : `${value(entity.realisedPerRow * 100)} %`,
      ratio === null ? 'of the rows' : `${value(ratio)} times the promised ${value(promised * 100)} %`),
    figure('Newest row', entity.lastTime ? ago(entity.lastTime) : '–', entity.lastTime ? exact(entity.lastTime) : null),
    figure('Known for', entity.firstTime ? span(present() - entity.firstTime) : '–', entity.firstTime ? `since ${when(entity.firstTime)}` : null));
}

function drawCharts(place, entity, series) {
  const marks = entity.incidents.filter(incident => !incident.suppressed).map(incident => ({ start: incident.start, end: incident.end }));
  const empty = series.time.length === 0;
  fill(place.score, section('card-body', 'Alarm score', series.thinned ? 'thinned: normal rows are a sample' : null, [
    series.message && el('p', { class: 'callout' }, series.message),
    empty ? nothing('No score in this time', 'Choose a longer time.', true) : scoreChart(series, marks, { height: 150 }),
  ]));
  fill(place.features, empty || series.features.length === 0 ? null : section('card-body stack', plural(series.features.length, 'feature'), null, [
    legend(),
    el('div', { class: 'small-multiples' }, series.features.map(feature => featureChart(series, feature, marks, {
      title: el('span', { class: 'chart-title break' }, feature.name), height: 112, rest: lastOf(feature),
    }))),
  ]));
}

function lastOf(feature) {
  for (let i = feature.observed.length - 1; i >= 0; i--) {
    if (feature.observed[i] !== null) {
      return `last ${value(feature.observed[i])}`;
    }
  }
  return 'no value';
}
