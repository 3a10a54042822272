// Checks of the page in a real browser. ConsolePageIT starts it; see there for the records.
import { PATIENCE, ask, axeSource, base, check, errors, expect, open, outside, pageOf, report, requestCount, start } from './browser.mjs';

const { token, hostile, incident, entity } = JSON.parse(process.env.CONSOLE_RECORDS);
const VIEWS = {
  now: '/',
  timeline: '/timeline?range=24',
  incidents: '/incidents',
  incident: `/incident?id=${incident}`,
  entity: `/entity?name=${encodeURIComponent(entity)}`,
  entities: '/entities',
  models: '/models',
};
const browser = await start();

/** The serious faults that axe-core finds. With another theme only colours differ. */
async function violations(page, rules) {
  const found = await page.evaluate(async only => {
    const options = only ? { runOnly: { type: 'rule', values: only } } : {};
    return (await globalThis.axe.run(document, { resultTypes: ['violations'], ...options })).violations;
  }, rules);
  return found.filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => `${one.id} at ${one.nodes.slice(0, 2).map(node => node.target.join(' ')).join(', ')}`);
}

/** The identifiers of the incidents that a list shows. */
const shown = page => page.locator('[data-id]').evaluateAll(lines => lines.map(line => line.dataset.id));

const views = await pageOf(browser);
await views.addInitScript(axeSource);
for (const [name, address] of Object.entries(VIEWS)) {
  await check(`${name}: no serious fault for screen readers and weak eyes, light and dark; no sideways scroll at 360 pixels`, async () => {
    await views.setViewportSize({ width: 1280, height: 800 });
    await open(views, address);
    const faults = await violations(views);
    await views.keyboard.press('l');
    faults.push(...(await violations(views, ['color-contrast'])).map(text => `dark: ${text}`));
    expect(await views.evaluate(() => document.documentElement.dataset.theme) === 'dark', 'the key l does not switch the theme');
    await views.keyboard.press('l');
    await views.setViewportSize({ width: 360, height: 740 });
    await views.waitForTimeout(100);
    const over = await views.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(faults.length === 0, faults.join('; '));
    expect(over <= 0, `${over} pixels too wide`);
  });
}
await views.context().close();

await check('names with markup are shown as text', async () => {
  const page = await pageOf(browser);
  for (const address of ['/', '/incidents', `/incident?id=${hostile.incident}`, `/entity?name=${encodeURIComponent(hostile.entity)}`, '/entities']) {
    await open(page, address);
    await page.getByText(hostile.entity, { exact: false }).first().waitFor();
    expect(await page.locator('main img, main script').count() === 0, `${address}: markup of a record became an element`);
  }
  await page.locator('#search input').fill(hostile.entity.slice(0, 6));
  await page.locator('#results .option').first().waitFor();
  await page.context().close();
});

await check('a new incident appears by itself', async () => {
  const page = await pageOf(browser);
  await open(page, '/');
  await page.waitForFunction(() => document.getElementById('live').dataset.state === 'live');
  await page.evaluate(() => {
    globalThis.seen = new Map();
    new MutationObserver(() => document.querySelectorAll('[data-id]').forEach(line => seen.has(line.dataset.id) || seen.set(line.dataset.id, Date.now())))
      .observe(document.body, { childList: true, subtree: true });
  });
  const times = [];
  for (let i = 0; i < 3; i++) {
    const { id, time } = await ask('incident');
    await page.waitForFunction(one => seen.has(one), id);
    times.push(await page.evaluate(one => seen.get(one), id) - time);
  }
  await page.context().close();
  return `${times.join(', ')} ms after its record was acknowledged`;
});

await check('tabs that are not seen hold no connection, and one that is seen again has everything', async () => {
  const first = await pageOf(browser);
  const tabs = [first];
  const turn = (page, state) => page.evaluate(value => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
  await open(first, '/incidents');
  await turn(first, 'hidden');
  for (let i = 0; i < 6; i++) {
    const tab = await first.context().newPage();
    tabs.push(tab);
    await open(tab, '/models');
    await turn(tab, 'hidden');
  }
  const { id } = await ask('incident');
  await turn(first, 'visible');
  await first.locator(`[data-id="${id}"]`).waitFor();
  await first.context().close();
  return `${tabs.length} tabs of one browser`;
});

await check('the page says since when no score has come, and nothing of a replay', async () => {
  const page = await pageOf(browser);
  await open(page, '/models');
  await page.waitForFunction(() => document.getElementById('live').dataset.state === 'live');
  const said = await page.evaluate(async () => {
    const { live } = await import('/assets/live.js');
    const hour = 3600e3;
    const banner = (eventTime, lastScoreAt) => {
      live.status = { ...live.status, eventTime, rates: { ...live.status.rates, lastScoreAt },
        topics: live.status.topics.map(topic => ({ ...topic, state: 'following' })) };
      live.dispatchEvent(new CustomEvent('status', { detail: live.status }));
      return document.getElementById('banner').textContent;
    };
    const now = live.status.serverTime;
    return { dead: banner(now - 30 * hour, now - 29 * hour), restarted: banner(now - 30 * hour, null), replay: banner(now - 9000 * hour, now - 1000), well: banner(now - 60e3, now - 1000) };
  });
  expect(said.dead.startsWith('No score has come since '), `dead: ${said.dead}`);
  expect(said.restarted.startsWith('No score has come since the console was started'), `restarted: ${said.restarted}`);
  expect(said.replay === '' && said.well === '', `replay: ${said.replay}; well: ${said.well}`);
  await page.context().close();
  return said.dead;
});

await check('dismissing writes the feedback, and the page shows it, also after a reload', async () => {
  const page = await pageOf(browser);
  await open(page, `/incident?id=${incident}`);
  await page.keyboard.press('d');
  await page.locator('dialog textarea').fill('nightly backup');
  await page.locator('dialog input[name=author]').fill('ann');
  await page.locator('dialog input[name=token]').fill('not the token of this console');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog .wrong').waitFor();
  await page.locator('dialog input[name=token]').fill(token);
  await page.locator('dialog button[type=submit]').click();
  await page.locator('.incident-head').getByText('dismissed as normal').waitFor();
  const written = await ask(`feedback ${incident}`);
  expect(written.verdict === 'DISMISSED' && written.author === 'ann' && written.comment === 'nightly backup', `the topic has ${JSON.stringify(written)}`);
  await page.reload();
  await page.locator('.incident-head').getByText('dismissed as normal').waitFor();
  await page.getByText('nightly backup').waitFor();
  await page.context().close();
});

await check('all of it by the keyboard', async () => {
  const page = await pageOf(browser);
  await open(page, '/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement.className) === 'skip', 'the first stop of Tab is not the skip link');
  await page.keyboard.press('/');
  await page.keyboard.type(entity.slice(0, 5));
  await page.locator('#results .option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/(entity|incident)\?/);
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.waitForURL(/\/timeline/);
  await page.locator('canvas.strip').focus();
  await page.keyboard.press('+');
  await page.waitForURL(/from=/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/entity\?/);
  await page.keyboard.press('?');
  await page.locator('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.locator('[data-line]').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/incident\?id=/);
  await page.context().close();
});

const watched = await pageOf(browser);
await open(watched, '/incidents');
const before = new Set(await shown(watched));

await check('while the broker is away the page says so, and nothing is missing afterwards', async () => {
  await ask('broker-stop');
  await watched.locator('#banner').waitFor();
  const said = await watched.locator('#banner').textContent();
  await ask('broker-start');
  const { id } = await ask('incident');
  await watched.locator(`[data-id="${id}"]`).waitFor();
  await watched.locator('#banner').waitFor({ state: 'hidden' });
  before.add(id);
  return said;
});

await check('a console that was killed and started again has everything, and the open page goes on', async () => {
  await ask('console-stop');
  await watched.locator('#banner').waitFor();
  const { id } = await ask('incident');
  await ask('console-start');
  await watched.locator(`[data-id="${id}"]`).waitFor();
  await watched.locator('#banner').waitFor({ state: 'hidden' });
  const now = new Set(await shown(watched));
  const missing = [...before].filter(one => !now.has(one));
  expect(missing.length === 0, `${missing.length} incidents are missing`);
  return `${now.size} incidents, as before and the new one`;
});

await check('no request leaves this machine, and the page made no error', () => {
  expect(outside().length === 0, outside().join(', '));
  expect(errors().length === 0, errors().join('; '));
  return `${requestCount()} requests, all to ${base}; patience ${PATIENCE / 1000} s`;
});

await browser.close();
report();
process.exit();
