import { el } from './dom.js';
import { exact, tick, value, when, zoneOffset } from './format.js';
import { zone } from './prefs.js';

const uPlot = () => globalThis.uPlot;
const FONT = '11px Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

function colours() {
  const style = getComputedStyle(document.documentElement);
  return name => style.getPropertyValue(`--${name}`).trim();
}

/** Whole hours or days of the viewer's zone, at most one tick in `space` pixels. */
function timeSplits(plot, index, low, high) {
  const steps = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600]
    .map(seconds => seconds * 1000);
  const wanted = (high - low) / Math.max(2, plot.bbox.width / devicePixelRatio / 92);
  const step = steps.find(size => size >= wanted) ?? steps[steps.length - 1];
  plot.tickStep = step;
  const offset = zoneOffset(low);
  const ticks = [];
  for (let time = Math.ceil((low + offset) / step) * step - offset; time <= high; time += step) {
    ticks.push(time);
  }
  return ticks;
}

function marksUnder(marks, colour) {
  return plot => {
    const context = plot.ctx;
    context.save();
    context.fillStyle = colour('mark');
    for (const mark of marks) {
      const from = Math.max(plot.bbox.left, plot.valToPos(mark.start, 'x', true));
      const to = Math.min(plot.bbox.left + plot.bbox.width, plot.valToPos(mark.end, 'x', true));
      if (to >= plot.bbox.left && from <= plot.bbox.left + plot.bbox.width) {
        context.fillRect(from, plot.bbox.top, Math.max(2 * devicePixelRatio, to - from), plot.bbox.height);
      }
    }
    context.restore();
  };
}

function alarmsOver(verdict, row, colour) {
  return plot => {
    const context = plot.ctx;
    const values = plot.data[row];
    context.save();
    context.fillStyle = colour('critical');
    const [from, to] = plot.series[0].idxs ?? [0, values.length - 1];
    for (let i = from; i <= to; i++) {
      if (verdict[i] === 'A' && values[i] !== null && values[i] !== undefined) {
        context.beginPath();
        context.arc(plot.valToPos(plot.data[0][i], 'x', true), plot.valToPos(values[i], 'y', true), 2.6 * devicePixelRatio, 0, 7);
        context.fill();
      }
    }
    context.restore();
  };
}

/** The lowest and highest value over all rows of a chart, with a margin. */
function extent(rows) {
  let low = Infinity;
  let high = -Infinity;
  for (const row of rows) {
    for (const number of row) {
      if (number !== null && number !== undefined) {
        low = Math.min(low, number);
        high = Math.max(high, number);
      }
    }
  }
  if (low > high) {
    return [0, 1];
  }
  const margin = (high - low) * 0.08 || Math.abs(high) * 0.05 || 0.5;
  return [low - margin, high + margin];
}

/** Whether a line would hardly be seen, because most of its values stand alone. */
function isSparse(values) {
  let alone = 0;
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== null && values[i] !== undefined) {
      known++;
      alone += (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null ? 1 : 0;
    }
  }
  return alone * 5 > known;
}

function options(spec, colour, width) {
  const lines = spec.lines.map(line => ({
    label: line.name, stroke: colour(line.colour), width: line.width ?? 1.5, dash: line.dash, points: { show: isSparse(line.values), size: 4 }, spanGaps: false,
  }));
  const band = lines.length + 1;
  const edges = spec.band ? [{ label: 'high', width: 0, points: { show: false } }, { label: 'low', width: 0, points: { show: false } }] : [];
  const axis = { stroke: colour('ink-3'), font: FONT, grid: { stroke: colour('grid'), width: 1 }, ticks: { show: false } };
  return {
    width, height: spec.height, ms: 1, legend: { show: false }, padding: [8, 20, 0, 0],
    scales: { x: { time: true, range: (plot, low, high) => (low === null ? [spec.from, spec.to] : [low, high]) }, y: { range: () => spec.range } },
    series: [{}, ...lines, ...edges],
    bands: spec.band ? [{ series: [band, band + 1], fill: colour('band') }] : [],
    axes: [
      { ...axis, size: 26, gap: 6, splits: timeSplits, values: (plot, ticks) => ticks.map(time => tick(time, plot.tickStep)) },
      { ...axis, size: 52, gap: 6, space: 28, values: (plot, ticks) => ticks.map(value) },
    ],
    cursor: { sync: { key: spec.sync ?? 'noether', setSeries: false }, points: { size: 6 }, drag: { x: true, y: false } },
    hooks: {
      drawClear: [marksUnder(spec.marks ?? [], colour)],
      draw: spec.verdict ? [alarmsOver(spec.verdict, 1, colour)] : [],
      setCursor: [plot => spec.read(plot.cursor.idx)],
    },
  };
}

const charts = new Set();

/**
 * A chart that follows the width of its place, the theme and the zone. `spec`: time (ms), lines [{name, values, colour}],
 * band {high, low}, marks [{start, end}], verdict, height, label (for screen readers).
 */
export function chart(spec) {
  const place = el('div', { class: 'plot', role: 'img', 'aria-label': spec.label });
  const readout = el('p', { class: 'readout num' });
  const figure = el('figure', { class: 'chart' }, el('figcaption', {}, spec.title ?? null, readout), place);
  const rows = spec.lines.map(line => line.values).concat(spec.band ? [spec.band.high, spec.band.low] : []);
  const whole = { ...spec, height: spec.height ?? 150, range: spec.range ?? extent(rows), read: index => read(index) };
  const rest = spec.rest ?? '';
  const read = index => {
    readout.textContent = index === null || index === undefined ? rest : reading(spec, index);
  };
  read(null);
  let plot = null;
  const draw = () => {
    plot?.destroy();
    const width = place.clientWidth;
    plot = width && uPlot() ? new (uPlot())(options(whole, colours(), width), [spec.time, ...rows], place) : null;
    if (plot && (spec.from || spec.to)) {
      plot.setScale('x', { min: spec.from ?? spec.time[0], max: spec.to ?? spec.time[spec.time.length - 1] });
    }
  };
  const observer = new ResizeObserver(() => {
    if (!place.isConnected) {
      return;
    }
    one.seen = true;
    if (plot) {
      plot.setSize({ width: place.clientWidth, height: whole.height });
    } else {
      draw();
    }
  });
  observer.observe(place);
  const one = { place, draw, seen: false, end: () => { observer.disconnect(); plot?.destroy(); } };
  charts.add(one);
  return figure;
}

function reading(spec, index) {
  const values = spec.lines.filter(line => !line.silent).map(line => `${line.name} ${value(line.values[index])}`);
  if (spec.band && spec.band.low[index] !== null && spec.band.low[index] !== undefined) {
    values.push(`usual ${value(spec.band.low[index])} to ${value(spec.band.high[index])}`);
  }
  return `${when(spec.time[index], true)}  ·  ${values.join('  ·  ')}`;
}

/** Ends the charts that left the page. */
export function sweep() {
  for (const one of charts) {
    if (one.seen && !one.place.isConnected) {
      one.end();
      charts.delete(one);
    }
  }
}

document.addEventListener('theme', () => charts.forEach(one => one.place.isConnected && one.draw()));

/** Observed values against expected ones with the usual range. */
export function featureChart(series, feature, marks, more = {}) {
  const known = feature.usualLow.some(number => number !== null);
  return chart({
    time: series.time, from: series.from, to: series.to, marks, verdict: series.verdict, band: known ? { high: feature.usualHigh, low: feature.usualLow } : null,
    lines: [
      { name: 'observed', values: feature.observed, colour: 'observed' },
      { name: 'expected', values: feature.expected, colour: 'expected', dash: [5, 4], width: 1.3 },
    ],
    label: `${feature.name}: observed against expected values from ${exact(series.from)} to ${exact(series.to)}`,
    ...more,
  });
}

/** The alarm score against the threshold. */
export function scoreChart(series, marks, more = {}) {
  return chart({
    time: series.time, from: series.from, to: series.to, marks, verdict: series.verdict,
    lines: [
      { name: 'alarm score', values: series.alarmScore, colour: 'observed' },
      { name: 'threshold', values: series.threshold, colour: 'critical', dash: [6, 4], width: 1.4 },
    ],
    label: `Alarm score against the threshold from ${exact(series.from)} to ${exact(series.to)}`,
    ...more,
  });
}

export const legend = () => el('p', { class: 'legend small soft' },
  el('span', {}, el('i', { class: 'key observed' }), 'observed'),
  el('span', {}, el('i', { class: 'key expected' }), 'expected'),
  el('span', {}, el('i', { class: 'key band' }), 'usual range'),
  el('span', {}, el('i', { class: 'key alarm' }), 'anomalous row'),
  el('span', { class: 'muted' }, `${zone() === 'utc' ? 'UTC' : 'your time zone'}; drag to zoom, double click to go back`));
