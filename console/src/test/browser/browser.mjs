// What the checks share: the browser, one line for each check, and the questions to the program that started them.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import path from 'node:path';

const packages = createRequire(path.join(process.env.NODE_MODULES ?? path.join(process.cwd(), 'node_modules'), 'any.js'));
const { chromium } = packages('playwright-core');
export const axeSource = packages('axe-core').source;

export const base = process.env.CONSOLE_URL.replace(/\/$/, '');
export const PATIENCE = 60_000;

/** Starts Chromium with an empty profile. It opens no connection of its own. */
export function start() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    env: process.env,
  });
}

const requests = [];
const complaints = [];

/** A page that notes every request and every error of the page. */
export async function pageOf(browser, { width = 1280, height = 800, dark = false, scale = 1 } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', timezoneId: 'Europe/Berlin', locale: 'en-GB', deviceScaleFactor: scale,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('request', request => requests.push(request.url()));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on('dialog', dialog => {
    complaints.push(`a script of a record ran: ${dialog.message()}`);
    dialog.dismiss();
  });
  return page;
}

/** Goes to a view and waits until it is drawn. */
export async function open(page, address) {
  await page.goto(base + address);
  await page.waitForFunction(() => performance.getEntriesByName('view-shown').length > 0);
}

export const outside = () => requests.filter(url => !url.startsWith('data:') && !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname));
export const requestCount = () => requests.length;
export const errors = () => complaints;

const results = [];
const only = new RegExp(process.env.CHECKS ?? '.');

/** Runs one check. A check that throws has failed; what it returns is printed. */
export async function check(name, action) {
  if (!only.test(name)) {
    return;
  }
  const before = complaints.length;
  let failure = null;
  let detail = '';
  try {
    detail = (await action()) ?? '';
    if (complaints.length > before) {
      failure = complaints.slice(before).join('; ');
    }
  } catch (error) {
    failure = String(error.message ?? error).split('\n').slice(0, 4).join(' ');
  }
  results.push({ name, passed: failure === null, detail: failure ?? detail });
  console.log(`check ${failure === null ? 'passed' : 'FAILED'}: ${name}${failure ?? detail ? `: ${failure ?? detail}` : ''}`);
}

export function report() {
  console.log(`results ${JSON.stringify(results)}`);
  process.exitCode = results.every(result => result.passed) ? 0 : 1;
}

const answers = [];
const waiting = [];
createInterface({ input: process.stdin }).on('line', line => {
  const next = waiting.shift();
  if (next) {
    next(line);
  } else {
    answers.push(line);
  }
});

/** Asks the program that started the checks to do something, and waits for its one line of JSON. */
export function ask(question) {
  console.log(`ask ${question}`);
  return new Promise(resolve => {
    const answer = answers.shift();
    answer === undefined ? waiting.push(line => resolve(JSON.parse(line))) : resolve(JSON.parse(answer));
  });
}

export function expect(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}
