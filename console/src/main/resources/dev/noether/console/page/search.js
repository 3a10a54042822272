import { entityAddress, get, incidentAddress } from './api.js';
import { debounce, el, fill, link } from './dom.js';
import { sentence, subject, when } from './format.js';
import { glyph } from './severity.js';

/** A search field with a list of entities and incidents under it, after the pattern of a combobox. */
export function searchBox(place, go) {
  const list = el('div', { class: 'results', id: 'results', role: 'listbox', 'aria-label': 'Results', hidden: true });
  const input = el('input', {
    type: 'search', placeholder: 'Search', 'aria-label': 'Search entities and incidents', role: 'combobox', autocomplete: 'off',
    'aria-expanded': 'false', 'aria-controls': 'results', 'aria-autocomplete': 'list', spellcheck: 'false',
  });
  fill(place, input, el('kbd', { 'aria-hidden': 'true' }, '/'), list);
  let running = new AbortController();
  let chosen = -1;

  const open = on => {
    list.hidden = !on;
    input.setAttribute('aria-expanded', String(on));
    choose(-1);
  };
  const options = () => [...list.querySelectorAll('.option')];
  const choose = index => {
    chosen = index;
    options().forEach((option, at) => option.setAttribute('aria-selected', String(at === index)));
    const option = options()[index];
    option?.scrollIntoView({ block: 'nearest' });
    if (option) {
      input.setAttribute('aria-activedescendant', option.id);
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  };
  const ask = debounce(async () => {
    running.abort();
    running = new AbortController();
    const q = input.value.trim();
    if (q === '') {
      open(false);
      return;
    }
    try {
      draw(list, q, await get('search', { q }, running.signal));
      open(true);
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        fill(list, el('p', { class: 'head' }, failure.message));
        open(true);
      }
    }
  }, 150);
  input.addEventListener('input', ask);
  input.addEventListener('focus', () => input.value.trim() && ask());
  input.addEventListener('keydown', event => {
    const all = options();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(all.length ? (chosen + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length : -1);
    } else if (event.key === 'Enter' && all.length) {
      event.preventDefault();
      go((all[chosen] ?? all[0]).getAttribute('href'));
      input.blur();
      open(false);
    } else if (event.key === 'Escape') {
      open(false);
      input.blur();
    }
  });
  document.addEventListener('click', event => {
    if (!place.contains(event.target) || event.target.closest('.option')) {
      open(false);
    }
  });
}

function draw(list, q, found) {
  const option = (id, href, ...body) => link(href, { class: 'option', role: 'option', id, 'aria-selected': 'false', tabindex: '-1' }, ...body);
  const head = text => el('div', { class: 'head', role: 'presentation' }, text);
  fill(list,
    found.entities.length ? head('Entities') : null,
    found.entities.map((name, i) => option(`found-e${i}`, entityAddress(name), el('span', {}, name))),
    found.incidents.length ? head('Incidents') : null,
    found.incidents.map((incident, i) => option(`found-i${i}`, incidentAddress(incident.id),
      glyph(incident.severity, Boolean(incident.suppressed)),
      el('span', {}, `${subject(incident)}: ${sentence(incident)}`), el('span', { class: 'muted small num' }, when(incident.start)))),
    found.entities.length + found.incidents.length ? null
      : el('p', { class: 'head' }, `No entity and no incident contains “${q}”.`));
}
