import { plural, tick, zoneOffset } from './format.js';
import { levelColours } from './severity.js';

const OVERVIEW = 58;
const AXIS = 26;
const LANE = 24;
const STEPS = [60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 172800, 604800].map(seconds => seconds * 1000);
const FONT = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** Draws a timeline on a canvas: an overview of all bars, an axis, the outbreaks, then one strip for each entity. */
export class Strip {
  constructor(canvas, data, window) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false });
    this.window = window;
    this.scroll = 0;
    this.fit = false;
    this.hover = null;
    this.picked = -1;
    this.labels = new Map();
    this.use(data);
    this.theme();
  }

  use(data) {
    this.data = data;
    this.overview = null;
    this.labels.clear();
  }

  theme() {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(`--${name}`).trim();
    this.colours = { bg: colour('surface'), ink: colour('ink'), soft: colour('ink-2'), muted: colour('ink-3'), line: colour('line'), sunken: colour('sunken'), accent: colour('accent'), band: colour('band') };
    this.levels = levelColours();
    this.packed = this.levels.map(packed);
    this.background = packed(this.colours.bg);
    this.overview = null;
  }

  resize(width, height) {
    this.ratio = globalThis.devicePixelRatio || 1;
    this.width = width;
    this.height = height;
    this.gutter = width < 640 ? 96 : 196;
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
    this.overview = null;
    this.labels.clear();
  }

  get top() {
    return OVERVIEW + AXIS + (this.data.groups.length ? LANE : 0);
  }

  get rowHeight() {
    const space = (this.height - this.top) / Math.max(1, this.data.rows);
    return this.fit ? Math.min(26, space) : Math.max(14, Math.min(26, space));
  }

  get maxScroll() {
    return Math.max(0, this.data.rows * this.rowHeight - (this.height - this.top));
  }

  scrollTo(y) {
    this.scroll = Math.max(0, Math.min(this.maxScroll, y));
  }

  x(time) {
    return this.gutter + (time - this.window.from) / this.window.length * (this.width - this.gutter);
  }

  time(x) {
    return this.window.from + (x - this.gutter) / (this.width - this.gutter) * this.window.length;
  }

  /** The time at a place in the overview, which always shows the whole. */
  overviewTime(x) {
    const share = Math.max(0, Math.min(1, (x - this.gutter) / (this.width - this.gutter)));
    return this.window.low + share * (this.window.high - this.window.low);
  }

  /** What is at a place: {area, row, bar, group, time}. */
  at(x, y) {
    if (y < OVERVIEW) {
      return { area: 'overview', row: -1, bar: -1, group: null, time: this.overviewTime(x) };
    }
    const time = this.time(x);
    const slack = this.window.length / (this.width - this.gutter) * 3;
    if (y < this.top) {
      const group = y > OVERVIEW + AXIS ? this.data.groups.find(one => one.start - slack * 4 <= time && one.end + slack * 4 >= time) : null;
      return { area: 'lane', row: -1, bar: -1, group: x > this.gutter ? group ?? null : null, time };
    }
    const row = Math.floor((y - this.top + this.scroll) / this.rowHeight);
    if (row < 0 || row >= this.data.rows) {
      return { area: 'rows', row: -1, bar: -1, group: null, time };
    }
    return { area: x < this.gutter ? 'label' : 'rows', row, bar: x < this.gutter ? -1 : this.data.at(row, time, slack), group: null, time };
  }

  draw() {
    const { context, colours } = this;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.fillStyle = colours.bg;
    context.fillRect(0, 0, this.width, this.height);
    const dense = this.rowHeight < 4;
    if (dense) {
      this.#dense();
    }
    this.#lines();
    if (!dense) {
      this.#rows();
    }
    this.#axis();
    this.#outbreaks();
    this.#overview();
  }

  #ticks() {
    const { window } = this;
    const wanted = window.length / Math.max(2, (this.width - this.gutter) / 110);
    const step = STEPS.find(size => size >= wanted) ?? STEPS[STEPS.length - 1];
    const offset = zoneOffset(window.from);
    const ticks = [];
    for (let time = Math.ceil((window.from + offset) / step) * step - offset; time <= window.to; time += step) {
      ticks.push(time);
    }
    return { step, ticks };
  }

  /** What lies under the bars: the lines of the ticks and the outbreaks. */
  #lines() {
    const { context, colours, data } = this;
    context.fillStyle = colours.line;
    for (const time of this.#ticks().ticks) {
      context.fillRect(Math.round(this.x(time)), this.top, 1, this.height);
    }
    context.fillStyle = colours.band;
    for (const group of data.groups) {
      const from = Math.max(this.gutter, this.x(group.start));
      const to = Math.min(this.width, this.x(group.end));
      if (to >= this.gutter && from <= this.width) {
        context.fillRect(from, this.top, Math.max(4, to - from), this.height - this.top);
      }
    }
  }

  #rows() {
    const { context, data, window, colours } = this;
    const height = this.rowHeight;
    const first = Math.max(0, Math.floor(this.scroll / height));
    const last = Math.min(data.rows - 1, Math.floor((this.scroll + this.height - this.top) / height));
    context.font = `${height < 16 ? 10.5 : 12}px ${FONT}`;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    const gap = height > 18 ? 4 : height > 8 ? 2 : 1;
    const scale = (this.width - this.gutter) / window.length;
    for (let row = first; row <= last; row++) {
      const y = this.top + row * height - this.scroll;
      if (row === this.picked || row === this.hover?.row) {
        context.fillStyle = colours.sunken;
        context.fillRect(0, y, this.width, height);
      }
      context.fillStyle = colours.line;
      context.fillRect(this.gutter, y + height - 1, this.width - this.gutter, 1);
      if (height >= 11) {
        context.fillStyle = row === this.picked || row === this.hover?.row ? colours.ink : colours.soft;
        context.fillText(this.#label(row), 16, y + height / 2);
      }
      for (let i = data.first[row]; i < data.first[row + 1]; i++) {
        if (data.end[i] >= window.from && data.start[i] <= window.to) {
          const from = Math.max(this.gutter, this.gutter + (data.start[i] - window.from) * scale);
          const to = Math.min(this.width, this.gutter + (data.end[i] - window.from) * scale);
          context.fillStyle = this.levels[data.level[i]];
          context.fillRect(from, y + gap, Math.max(3, to - from), height - 2 * gap - 1);
        }
      }
    }
    if (this.hover?.bar >= 0) {
      this.#outline(this.hover.bar, height, gap, scale);
    }
  }

  #outline(bar, height, gap, scale) {
    const { context, data, window } = this;
    const y = this.top + data.row[bar] * height - this.scroll;
    const from = this.gutter + (data.start[bar] - window.from) * scale;
    const width = Math.max(3, (data.end[bar] - data.start[bar]) * scale);
    context.strokeStyle = this.colours.ink;
    context.lineWidth = 1.5;
    context.strokeRect(from - 1, y + gap - 1, width + 2, height - 2 * gap + 1);
  }

  /** Many rows on few pixels: each pixel has the colour of the worst bar on it. */
  #dense() {
    const { data, window } = this;
    const left = Math.round(this.gutter * this.ratio);
    const width = this.canvas.width - left;
    const height = Math.max(1, Math.min(this.canvas.height - Math.round(this.top * this.ratio), Math.ceil(data.rows * this.rowHeight * this.ratio)));
    if (this.image?.width !== width || this.image?.height !== height) {
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    this.pixels.fill(this.background);
    const scale = width / window.length;
    const rowPixels = this.rowHeight * this.ratio;
    for (const i of data.worstLast) {
      const from = Math.floor((data.start[i] - window.from) * scale);
      const to = Math.max(from + 2, Math.ceil((data.end[i] - window.from) * scale));
      if (to < 0 || from >= width) {
        continue;
      }
      const top = Math.floor(data.row[i] * rowPixels);
      const bottom = Math.min(height, Math.max(top + 1, Math.floor((data.row[i] + 1) * rowPixels)));
      const colour = this.packed[data.level[i]];
      for (let y = top; y < bottom; y++) {
        this.pixels.fill(colour, y * width + Math.max(0, from), y * width + Math.min(width, to));
      }
    }
    this.context.putImageData(this.image, left, Math.round(this.top * this.ratio));
    this.#denseLabel();
  }

  #denseLabel() {
    const { context, colours, data } = this;
    context.font = `12px ${FONT}`;
    context.textBaseline = 'top';
    context.fillStyle = colours.soft;
    context.fillText(plural(data.rows, 'entity', 'entities'), 16, this.top + 8);
    if (this.hover?.row >= 0) {
      const y = this.top + this.hover.row * this.rowHeight;
      context.fillStyle = colours.ink;
      context.fillRect(this.gutter - 8, y - 1, 6, 3);
      context.textBaseline = 'middle';
      context.fillText(this.#label(this.hover.row), 16, Math.max(this.top + 36, Math.min(this.height - 10, y)));
    }
  }

  #label(row) {
    let text = this.labels.get(row);
    if (text === undefined) {
      const name = this.data.names[row] || 'unnamed entity';
      const space = this.gutter - 28;
      text = name;
      for (let length = name.length; length > 1 && this.context.measureText(text).width > space; length--) {
        text = `${name.slice(0, Math.ceil(length / 2))}…${name.slice(name.length - Math.floor(length / 2) + 1)}`;
      }
      this.labels.set(row, text);
    }
    return text;
  }

  #axis() {
    const { context, colours } = this;
    const { step, ticks } = this.#ticks();
    context.fillStyle = colours.bg;
    context.fillRect(0, 0, this.width, OVERVIEW + AXIS);
    context.font = `11.5px ${FONT}`;
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    for (const time of ticks) {
      const x = this.x(time);
      context.fillStyle = colours.line;
      context.fillRect(Math.round(x), OVERVIEW + AXIS - 4, 1, 4);
      if (x > this.gutter + 18 && x < this.width - 24) {
        context.fillStyle = colours.muted;
        context.fillText(tick(time, step), x, OVERVIEW + AXIS / 2);
      }
    }
    context.textAlign = 'left';
    context.fillStyle = colours.line;
    context.fillRect(0, OVERVIEW + AXIS - 1, this.width, 1);
  }

  #outbreaks() {
    const { context, colours, data } = this;
    if (data.groups.length === 0) {
      return;
    }
    const y = OVERVIEW + AXIS;
    context.fillStyle = colours.bg;
    context.fillRect(0, y, this.width, LANE);
    context.font = `600 11.5px ${FONT}`;
    context.textBaseline = 'middle';
    context.fillStyle = colours.soft;
    context.fillText('Outbreaks', 16, y + LANE / 2);
    for (const group of data.groups) {
      const from = Math.max(this.gutter, this.x(group.start));
      const to = Math.min(this.width, this.x(group.end));
      if (to < this.gutter || from > this.width) {
        continue;
      }
      context.fillStyle = colours.accent;
      context.fillRect(from, y + 3, Math.max(4, to - from), LANE - 8);
      const text = plural(group.memberCount, 'entity', 'entities');
      if (context.measureText(text).width + 12 < to - from) {
        context.fillStyle = colours.bg;
        context.fillText(text, from + 6, y + LANE / 2 - 1);
      } else if (from + 90 < this.width) {
        context.fillStyle = colours.accent;
        context.fillText(text, Math.max(from + 4, to) + 6, y + LANE / 2 - 1);
      }
    }
    context.fillStyle = colours.line;
    context.fillRect(0, y + LANE - 1, this.width, 1);
  }

  #overview() {
    this.overview ??= this.#overviewPicture();
    const { context, colours, window } = this;
    context.drawImage(this.overview, 0, 0, this.width, OVERVIEW);
    if (!window.zoomed) {
      return;
    }
    const scale = (this.width - this.gutter) / (window.high - window.low);
    const from = this.gutter + (window.from - window.low) * scale;
    const to = this.gutter + (window.to - window.low) * scale;
    context.globalAlpha = 0.72;
    context.fillStyle = colours.bg;
    context.fillRect(this.gutter, 0, from - this.gutter, OVERVIEW);
    context.fillRect(to, 0, this.width - to, OVERVIEW);
    context.globalAlpha = 1;
    context.strokeStyle = colours.accent;
    context.lineWidth = 1.5;
    context.strokeRect(from, 3, Math.max(4, to - from), OVERVIEW - 6);
  }

  #overviewPicture() {
    const canvas = document.createElement('canvas');
    canvas.width = this.canvas.width;
    canvas.height = Math.round(OVERVIEW * this.ratio);
    const context = canvas.getContext('2d');
    context.scale(this.ratio, this.ratio);
    const width = this.width - this.gutter;
    const bins = Math.max(10, Math.floor(width / 5));
    const counts = this.data.density(bins);
    let top = 1;
    for (let bin = 0; bin < bins; bin++) {
      top = Math.max(top, counts.subarray(bin * 5, bin * 5 + 5).reduce((sum, number) => sum + number, 0));
    }
    context.font = `600 11.5px ${FONT}`;
    context.textBaseline = 'middle';
    context.fillStyle = this.colours.soft;
    context.fillText('All incidents', 16, OVERVIEW / 2);
    for (let bin = 0; bin < bins; bin++) {
      let y = OVERVIEW - 5;
      for (let level = 4; level >= 0; level--) {
        const height = counts[bin * 5 + level] / top * (OVERVIEW - 14);
        context.fillStyle = this.levels[level];
        context.fillRect(this.gutter + bin * width / bins, y - height, width / bins - 1, height);
        y -= height;
      }
    }
    context.fillStyle = this.colours.line;
    context.fillRect(0, OVERVIEW - 1, this.width, 1);
    return canvas;
  }
}

/** A colour as the little-endian number that stands in an ImageData. */
function packed(colour) {
  const hex = colour.replace('#', '');
  const [r, g, b] = [0, 2, 4].map(at => parseInt(hex.slice(at, at + 2), 16));
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
