/** The bars of a timeline, by entity, in arrays that a frame can walk without making objects. */
export class StripData {
  constructor(answer) {
    const { entity, start, end, level } = answer.bars;
    const rows = answer.entities.length;
    this.from = answer.from;
    this.to = answer.to;
    this.names = answer.entities;
    this.groups = answer.groups;
    this.truncated = answer.truncated;
    this.count = start.length;
    this.first = new Int32Array(rows + 1);
    for (const row of entity) {
      this.first[row + 1]++;
    }
    for (let row = 0; row < rows; row++) {
      this.first[row + 1] += this.first[row];
    }
    const at = this.first.slice();
    this.row = new Int32Array(this.count);
    this.start = new Float64Array(this.count);
    this.end = new Float64Array(this.count);
    this.level = new Uint8Array(this.count);
    for (let i = 0; i < this.count; i++) {
      const place = at[entity[i]]++;
      this.row[place] = entity[i];
      this.start[place] = start[i];
      this.end[place] = end[i];
      this.level[place] = level[i];
    }
    this.worstLast = this.#worstLast();
  }

  /** The bars in the order of their levels. */
  #worstLast() {
    const order = new Int32Array(this.count);
    let next = 0;
    for (let level = 0; level <= 4; level++) {
      for (let i = 0; i < this.count; i++) {
        if (this.level[i] === level) {
          order[next++] = i;
        }
      }
    }
    return order;
  }

  get rows() {
    return this.names.length;
  }

  /** The bar of a row that is at a time, the worst one if there are several; −1 if none. `slack` is in milliseconds. */
  at(row, time, slack) {
    let found = -1;
    for (let i = this.first[row]; i < this.first[row + 1]; i++) {
      if (this.start[i] - slack <= time && this.end[i] + slack >= time && (found < 0 || this.level[i] > this.level[found])) {
        found = i;
      }
    }
    return found;
  }

  /** How many bars begin in each of `bins` equal parts of the whole time, by level: bins × 5 numbers. */
  density(bins) {
    const counts = new Uint32Array(bins * 5);
    const scale = bins / (this.to - this.from);
    for (let i = 0; i < this.count; i++) {
      const bin = Math.floor((this.start[i] - this.from) * scale);
      if (bin >= 0 && bin < bins) {
        counts[bin * 5 + this.level[i]]++;
      }
    }
    return counts;
  }
}

/** The part of the time and of the rows that is seen. */
export class Window {
  constructor(from, to) {
    this.whole(from, to);
  }

  whole(from, to) {
    this.low = from;
    this.high = to;
    this.from = from;
    this.to = to;
  }

  get length() {
    return this.to - this.from;
  }

  get zoomed() {
    return this.length < (this.high - this.low) * 0.999;
  }

  zoom(factor, around) {
    const length = Math.max(60e3, Math.min(this.high - this.low, this.length * factor));
    const share = (around - this.from) / this.length;
    this.from = around - length * share;
    this.to = this.from + length;
    this.#inside();
  }

  move(millis) {
    this.from += millis;
    this.to += millis;
    this.#inside();
  }

  set(from, to) {
    this.from = Math.max(this.low, Math.min(from, to - 60e3));
    this.to = Math.min(this.high, Math.max(to, this.from + 60e3));
  }

  #inside() {
    const length = this.length;
    if (this.from < this.low) {
      this.from = this.low;
      this.to = this.low + length;
    }
    if (this.to > this.high) {
      this.to = this.high;
      this.from = this.high - length;
    }
  }
}
