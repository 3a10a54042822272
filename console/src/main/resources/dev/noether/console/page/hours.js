import { address } from './api.js';
import { el, svg } from './dom.js';
import { plural, tick, when, zoneOffset } from './format.js';

const HOUR = 3600e3;
const NAMES = ['suppressed', 'low', 'medium', 'high', 'critical'];
const WIDTH = 960;
const HEIGHT = 96;

/** Stacked bars: the incidents that began in each hour, the worst below. Each bar is a link to its incidents. */
export function hourBars(strip) {
  const offset = zoneOffset(strip.to);
  const first = Math.floor((strip.from + offset) / HOUR) * HOUR - offset;
  const bins = Array.from({ length: Math.ceil((strip.to - first) / HOUR) }, (none, i) => ({ time: first + i * HOUR, counts: [0, 0, 0, 0, 0], total: 0 }));
  strip.bars.start.forEach((start, i) => {
    const bin = bins[Math.floor((start - first) / HOUR)];
    if (bin) {
      bin.counts[strip.bars.level[i]]++;
      bin.total++;
    }
  });
  const top = Math.max(1, ...bins.map(bin => bin.total));
  const step = WIDTH / bins.length;
  const chart = svg('svg', { class: 'hours', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  bins.forEach((bin, i) => {
    let y = HEIGHT;
    for (let level = 4; level >= 0; level--) {
      const height = bin.counts[level] / top * (HEIGHT - 6);
      if (height > 0) {
        y -= height;
        chart.append(svg('rect', { class: NAMES[level], x: i * step + step * 0.12, y, width: step * 0.76, height: Math.max(1.5, height - 1) }));
      }
    }
    if (bin.total === 0) {
      chart.append(svg('rect', { class: 'zero', x: i * step + step * 0.12, y: HEIGHT - 2, width: step * 0.76, height: 2 }));
    }
  });
  const links = el('div', { class: 'hours-links' }, bins.map(bin => (bin.total === 0 ? el('span') : el('a', {
    href: address('incidents', { state: 'all', from: bin.time, to: bin.time + HOUR }), 'data-link': true,
    title: `${when(bin.time)}: ${plural(bin.total, 'incident')}`, 'aria-label': `${plural(bin.total, 'incident')} from ${when(bin.time)}`,
  }))));
  const labels = el('div', { class: 'hours-axis small muted num', 'aria-hidden': 'true' },
    bins.map((bin, i) => el('span', {}, Math.floor((bin.time + offset) / HOUR) % 6 === 0 && i < bins.length - 2 ? tick(bin.time, HOUR) : '')));
  return el('div', { class: 'hours-box' }, el('div', { class: 'hours-plot' }, chart, links), labels);
}
