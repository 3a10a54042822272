/**
 * Pointer, wheel, touch and keys of a strip. Dragging moves; the wheel scrolls the rows, with Ctrl or ⌘ it zooms; two
 * fingers zoom; in the overview, dragging chooses the time that is seen.
 */
export function follow(canvas, strip, signal, { point, open, say }) {
  const pointers = new Map();
  let moved = 0;
  let overviewFrom = null;
  let pinch = 0;
  const place = event => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const millis = pixels => pixels / (strip.width - strip.gutter) * strip.window.length;

  canvas.addEventListener('pointerdown', event => {
    const [x, y] = place(event);
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, [x, y]);
    moved = 0;
    pinch = 0;
    const at = strip.at(x, y);
    overviewFrom = pointers.size === 1 && at.area === 'overview' ? at.time : null;
  }, { signal });

  canvas.addEventListener('pointermove', event => {
    const [x, y] = place(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      const at = strip.at(x, y);
      const changed = at.row !== strip.hover?.row || at.bar !== strip.hover?.bar;
      strip.hover = at;
      canvas.style.cursor = at.area === 'overview' ? 'col-resize' : at.bar >= 0 || at.group || (at.area === 'label' && at.row >= 0) ? 'pointer' : 'grab';
      point(at, x, y);
      if (changed) {
        strip.redraw();
      }
      return;
    }
    pointers.set(event.pointerId, [x, y]);
    moved += Math.abs(x - before[0]) + Math.abs(y - before[1]);
    if (pointers.size === 2) {
      pinch = pinched([...pointers.values()], strip, pinch);
    } else if (overviewFrom !== null) {
      const now = strip.overviewTime(x);
      strip.window.set(Math.min(overviewFrom, now), Math.max(overviewFrom, now));
    } else {
      strip.window.move(-millis(x - before[0]));
      strip.scrollTo(strip.scroll - (y - before[1]));
    }
    point(null);
    strip.redraw();
  }, { signal });

  const up = event => {
    const [x, y] = place(event);
    const was = pointers.delete(event.pointerId);
    if (was && event.type === 'pointerup' && moved < 5) {
      if (overviewFrom === null) {
        open(strip.at(x, y));
      } else {
        strip.window.whole(strip.window.low, strip.window.high);
        strip.redraw();
      }
    }
    overviewFrom = null;
  };
  canvas.addEventListener('pointerup', up, { signal });
  canvas.addEventListener('pointercancel', up, { signal });
  canvas.addEventListener('pointerleave', () => {
    strip.hover = null;
    point(null);
    strip.redraw();
  }, { signal });

  canvas.addEventListener('wheel', event => {
    const [x, y] = place(event);
    const lines = event.deltaMode === 1 ? 24 : 1;
    if (event.ctrlKey || event.metaKey) {
      strip.window.zoom(Math.exp(Math.max(-120, Math.min(120, event.deltaY * lines)) * 0.0035), strip.time(Math.max(strip.gutter, x)));
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      strip.window.move(millis((event.deltaX || event.deltaY) * lines));
    } else {
      const before = strip.scroll;
      strip.scrollTo(before + event.deltaY * lines);
      if (strip.scroll === before) {
        return; // At its end the page itself may scroll.
      }
    }
    event.preventDefault();
    point(null);
    strip.hover = strip.at(x, y);
    strip.redraw();
  }, { passive: false, signal });

  canvas.addEventListener('keydown', event => {
    if (key(event, strip, open, say)) {
      event.preventDefault();
      event.stopPropagation();
      strip.redraw();
    }
  }, { signal });
}

/** Two fingers: the distance zooms, the middle stays in place. Answers the new distance. */
function pinched([a, b], strip, before) {
  const distance = Math.max(20, Math.abs(a[0] - b[0]));
  if (before) {
    strip.window.zoom(before / distance, strip.time((a[0] + b[0]) / 2));
  }
  return distance;
}

function key(event, strip, open, say) {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  const middle = (strip.window.from + strip.window.to) / 2;
  const pick = row => {
    strip.picked = Math.max(0, Math.min(strip.data.rows - 1, row));
    const top = strip.picked * strip.rowHeight;
    const height = strip.height - strip.top;
    if (top < strip.scroll) {
      strip.scrollTo(top);
    } else if (top + strip.rowHeight > strip.scroll + height) {
      strip.scrollTo(top + strip.rowHeight - height);
    }
    say(strip.picked);
  };
  const page = Math.max(1, Math.floor((strip.height - strip.top) / strip.rowHeight) - 1);
  const keys = {
    ArrowLeft: () => strip.window.move(-strip.window.length * 0.15),
    ArrowRight: () => strip.window.move(strip.window.length * 0.15),
    ArrowDown: () => pick(strip.picked + 1),
    ArrowUp: () => pick(strip.picked - 1),
    PageDown: () => pick(Math.max(0, strip.picked) + page),
    PageUp: () => pick(strip.picked - page),
    Home: () => pick(0),
    End: () => pick(strip.data.rows - 1),
    '+': () => strip.window.zoom(0.7, middle),
    '=': () => strip.window.zoom(0.7, middle),
    '-': () => strip.window.zoom(1 / 0.7, middle),
    0: () => strip.window.zoom(1e9, middle),
    Enter: () => strip.picked >= 0 && open({ area: 'label', row: strip.picked, bar: -1, group: null }),
  };
  keys[event.key]?.();
  return event.key in keys;
}
