// Makes the pictures of docs/console.md: four views, light and dark.
import path from 'node:path';
import { check, open, pageOf, report, start } from './browser.mjs';

const { incident, entity } = JSON.parse(process.env.CONSOLE_RECORDS);
const browser = await start();
const VIEWS = { now: '/', timeline: '/timeline?range=24', incident: `/incident?id=${incident}`, entity: `/entity?name=${encodeURIComponent(entity)}&hours=6` };

for (const [name, address] of Object.entries(VIEWS)) {
  for (const dark of [false, true]) {
    await check(`picture of ${name}, ${dark ? 'dark' : 'light'}`, async () => {
      const page = await pageOf(browser, { width: 1280, height: 800, dark });
      await open(page, address);
      await page.waitForFunction(() => document.getElementById('live').dataset.state === 'live');
      await page.waitForTimeout(800);
      await page.screenshot({ path: path.join(process.env.PICTURES, `console-${name}-${dark ? 'dark' : 'light'}.png`) });
      await page.context().close();
    });
  }
}
await browser.close();
report();
process.exit();
