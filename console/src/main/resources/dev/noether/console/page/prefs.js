// What the viewer chose. It stays in this browser.
const memory = new Map();

export function stored(key) {
  try {
    return localStorage.getItem(`noether.${key}`);
  } catch {
    return memory.get(key) ?? null;
  }
}

export function store(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(`noether.${key}`, value);
  } catch {
    // Storage is off: the choice holds until the page is closed.
  }
}

export const zone = () => (stored('zone') === 'utc' ? 'utc' : 'local');
export const theme = () => document.documentElement.dataset.theme;

export function switchZone() {
  store('zone', zone() === 'utc' ? 'local' : 'utc');
}

export function switchTheme() {
  store('theme', theme() === 'dark' ? 'light' : 'dark');
  document.dispatchEvent(new Event('theme-chosen'));
}

/** The token is a secret: it lives as long as the tab. */
export const token = {
  get: () => {
    try {
      return sessionStorage.getItem('noether.token') ?? memory.get('token') ?? '';
    } catch {
      return memory.get('token') ?? '';
    }
  },
  set: text => {
    memory.set('token', text);
    try {
      sessionStorage.setItem('noether.token', text);
    } catch {
      // Storage is off: the token holds until the page is closed.
    }
  },
};
