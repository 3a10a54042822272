// How fast the page is with many entities and incidents. The figures are printed; nothing is judged by them.
import { check, open, pageOf, report, start } from './browser.mjs';

const browser = await start();

for (const [name, address] of [['Now', '/'], ['Timeline, 30 days', '/timeline?range=720'], ['Incidents', '/incidents'], ['Entities', '/entities']]) {
  await check(`first view of ${name}`, async () => {
    const times = [];
    for (let i = 0; i < 3; i++) {
      const page = await pageOf(browser, { width: 1920, height: 1080 });
      await open(page, address);
      times.push(Math.round(await page.evaluate(() => performance.getEntriesByName('view-shown')[0].startTime)));
      await page.context().close();
    }
    return `${times.join(', ')} ms from the start of the navigation`;
  });
}

async function zoom(page, all) {
  await open(page, '/timeline?range=720');
  if (all) {
    await page.getByRole('button', { name: 'All at once' }).click();
  }
  return page.evaluate(async () => {
    const canvas = document.querySelector('canvas.strip');
    const box = canvas.getBoundingClientRect();
    canvas.frameTimes.length = 0;
    await new Promise(resolve => {
      let step = 0;
      const turn = () => {
        canvas.dispatchEvent(new WheelEvent('wheel', {
          deltaY: step % 120 < 60 ? -30 : 30, ctrlKey: true, clientX: box.left + box.width * 0.6, clientY: box.top + box.height / 2, bubbles: true, cancelable: true,
        }));
        step++ < 240 ? requestAnimationFrame(turn) : resolve();
      };
      requestAnimationFrame(turn);
    });
    const times = canvas.frameTimes.slice().sort((a, b) => a - b);
    return { frames: times.length, median: times[times.length >> 1], slow: times[Math.floor(times.length * 0.95)] };
  });
}

for (const all of [false, true]) {
  await check(`zoom of the timeline, ${all ? 'all rows at once' : 'readable rows'}`, async () => {
    const page = await pageOf(browser, { width: 1920, height: 1080 });
    const { frames, median, slow } = await zoom(page, all);
    await page.context().close();
    return `median ${median.toFixed(1)} ms (${Math.round(1000 / median)} frames/s), 95 % within ${slow.toFixed(1)} ms, ${frames} frames`;
  });
}

await browser.close();
report();
process.exit();
