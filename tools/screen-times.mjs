// Measures the agent's desk of a running PayLinks in a browser; see screen-times.sh.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [devJson, playwright] = process.argv.slice(2);
const dev = JSON.parse(readFileSync(devJson, 'utf8'));
const { chromium } = await import(pathToFileURL(resolve(playwright)));

// Live for this agent, of which the desk shows the newest; the others have their news meanwhile.
const live = 200;
const consoleUrl = dev.api.replace('127.0.0.1', 'localhost');
const agent = dev.users.find(user => user.role === 'agent');

const percentile = (numbers, percent) =>
  numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length * percent / 100) - 1];
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

// As the desk's form does it; twenty at a time.
async function makeLinks(page) {
  await page.evaluate(async count => {
    const form = document.getElementById('call');
    for (let made = 0; made < count; made += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, i) => {
        const body = new URLSearchParams(new FormData(form));
        body.set('key', crypto.randomUUID());
        body.set('phone', `+39347${String(Date.now() % 10000).padStart(4, '0')}${String(made + i).padStart(3, '0')}`);
        body.set('amount', '49,90');
        body.set('reference', `T-${made + i}`);
        return fetch('/desk', { method: 'POST', body });
      }));
    }
  }, live);
}

// Every link that has been sent, with the customer's way to it.
async function linksOf() {
  const links = [];
  for (let after = ''; links.length < live;) {
    const answer = await fetch(`${dev.api}/v1/links?limit=250${after}`, {
      headers: { authorization: `Bearer ${dev.apiKey}` } });
    const page = await answer.json();
    links.push(...page.data.filter(link => link.reference?.startsWith('T-')));
    if (!page.hasMore) {
      break;
    }
    after = `&after=${page.nextCursor}`;
  }
  return links.slice(0, live);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(consoleUrl);
await page.fill('#email', agent.email);
await page.fill('#password', agent.password);
await page.keyboard.press('Enter');
await page.waitForURL(/\/desk$/);
await makeLinks(page);
await page.goto(`${consoleUrl}/desk`);
const links = await linksOf();
const cards = await page.$$eval('.desk-card', found => found.map(card => card.dataset.link));
// What was sent goes on arriving for a moment.
await pause(8000);

await page.evaluate(() => {
  window.shown = {};
  window.waits = [];
  const look = () => {
    for (const card of document.querySelectorAll('.desk-card:is(.opened, .typing)')) {
      const state = card.classList.contains('typing') ? 'typing' : 'opened';
      window.shown[`${card.dataset.link} ${state}`] ??= performance.timeOrigin + performance.now();
    }
  };
  new MutationObserver(look).observe(
    document.getElementById('cards'), { childList: true, subtree: true, attributes: true });
  new PerformanceObserver(list => window.waits.push(...list.getEntries()
    .filter(entry => entry.name === 'keydown')
    .map(entry => ({ wait: entry.processingStart - entry.startTime, whole: entry.duration }))))
    .observe({ type: 'event', durationThreshold: 16 });
});
await page.focus('#description');

const told = {};
let keys = 0;
let isOver = false;
const type = async () => {
  for (; !isOver; keys++) {
    await page.keyboard.press(keys % 40 === 39 ? 'Control+A' : 'a');
    await pause(100);
  }
};
const tellOfOthers = async () => {
  for (const link of links.filter(one => !cards.includes(one.id))) {
    await fetch(`${link.url}/opened`, { method: 'POST' });
    await pause(50);
  }
};
const tell = async () => {
  for (const sign of ['opened', 'typing']) {
    for (const link of links.filter(one => cards.includes(one.id))) {
      told[`${link.id} ${sign}`] = Date.now();
      await fetch(`${link.url}/${sign}`, { method: 'POST' });
      await pause(400);
    }
  }
  await pause(2000);
  isOver = true;
};
await Promise.all([type(), tellOfOthers(), tell()]);
const { shown, waits } = await page.evaluate(() => ({ shown: window.shown, waits: window.waits }));
await browser.close();

const delays = Object.entries(told).map(([event, at]) => shown[event] === undefined ? Infinity : shown[event] - at);
// A key that was not reported had been answered within one frame.
const unreported = what => Array(Math.max(0, keys - waits.length)).fill(what);
const line = (what, numbers) => console.log(
  `${what}: p50 ${percentile(numbers, 50).toFixed(0)} ms, p95 ${percentile(numbers, 95).toFixed(0)} ms, `
  + `most ${Math.max(...numbers).toFixed(0)} ms (${numbers.length})`);
line('event to screen', delays);
line('key to handler', [...waits.map(one => one.wait), ...unreported(0)]);
line('key to next paint', [...waits.map(one => one.whole), ...unreported(16)]);
