/** Makes elements. Text from outside enters the page only by textContent and setAttribute, never as markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  set(node, attributes);
  add(node, children);
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  set(node, attributes);
  add(node, children);
  return node;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (name === 'class') {
      node.setAttribute('class', value);
    } else {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
}

export function add(node, children) {
  for (const child of children.flat(4)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren();
  return add(node, children);
}

/** A link inside the page: the router follows it without loading the page again. */
export function link(href, attributes, ...children) {
  return el('a', { href, 'data-link': true, ...attributes }, ...children);
}

export function card(title, ...body) {
  return section('card-body', title, null, body);
}

export function section(bodyClass, title, aside, body) {
  return el('section', { class: 'card', 'aria-label': title },
    el('div', { class: 'card-head' }, el('h2', {}, title), aside && el('span', { class: 'small muted' }, aside)),
    el('div', { class: bodyClass }, ...body));
}

export function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs.filter(pair => pair && pair[1] !== null && pair[1] !== undefined)
    .map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

export function button(text, attributes = {}) {
  return el('button', { type: 'button', ...attributes, class: `btn ${attributes.class ?? ''}` }, text);
}

/** A row of choices of which one holds. `choices` are pairs of value and label. */
export function segments(label, choices, chosen, choose) {
  const node = el('div', { class: 'segments', role: 'group', 'aria-label': label });
  for (const [value, text] of choices) {
    node.append(el('button', { type: 'button', 'aria-pressed': String(value === chosen), onclick: () => {
      for (const other of node.children) {
        other.setAttribute('aria-pressed', 'false');
      }
      node.children[choices.findIndex(choice => choice[0] === value)].setAttribute('aria-pressed', 'true');
      choose(value);
    } }, text));
  }
  return node;
}

export function meter(share, kind = '') {
  const bar = el('i');
  bar.style.width = `${Math.max(0, Math.min(1, share || 0)) * 100}%`;
  return el('div', { class: `meter ${kind}`, 'aria-hidden': 'true' }, bar);
}

/** Calls `action` once the calls have paused. */
export function debounce(action, millis) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), millis);
  };
}
