// Runs before the first paint, so that the page never flashes in the wrong theme.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try {
      return localStorage.getItem('noether.theme');
    } catch {
      return null; // Storage is off: the system's preference holds.
    }
  };
  const apply = () => {
    const theme = chosen();
    document.documentElement.dataset.theme = theme === 'light' || theme === 'dark' ? theme : system.matches ? 'dark' : 'light';
    document.dispatchEvent(new Event('theme'));
  };
  system.addEventListener('change', apply);
  document.addEventListener('theme-chosen', apply);
  apply();
})();
