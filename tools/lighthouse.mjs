// Measures pages of a running PayLinks with Lighthouse; see lighthouse.sh.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [devJson, folder] = process.argv.slice(2);
const dev = JSON.parse(readFileSync(devJson, 'utf8'));
const modules = resolve(folder, 'node_modules');
const load = path => import(pathToFileURL(join(modules, path)));
const { default: lighthouse } = await load('lighthouse/core/index.js');
const { launch } = await load('chrome-launcher/dist/index.js');

const rounds = 3;
const consoleUrl = dev.api.replace('127.0.0.1', 'localhost');
const scores = ['performance', 'accessibility', 'best-practices', 'seo'];
const times = ['largest-contentful-paint', 'interactive', 'total-blocking-time', 'cumulative-layout-shift'];
const columns = [['page', 34], ['perf', 5], ['a11y', 5], ['best', 5], ['seo', 4],
  ['LCP s', 6], ['TTI s', 6], ['TBT ms', 7], ['CLS', 6], ['KB', 6], ['failing', 0]];

async function makeLink() {
  const answer = await fetch(`${dev.api}/v1/links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${dev.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      amount: { value: '49.90', currency: 'EUR' },
      description: 'Ordine 1042: trapano',
      customer: { phone: '+39 347 123 4567', locale: 'it-IT' },
    }),
  });
  if (answer.status !== 201) {
    throw new Error(`No link was made: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

// As a browser without scripts would: the form's secret field and its cookie go back with the password.
async function signIn({ email, password }) {
  const page = await fetch(`${consoleUrl}/`);
  const form = new URLSearchParams({ email, password });
  form.set('antiforgery', /name="antiforgery"[^>]*value="([^"]+)"/.exec(await page.text())[1]);
  const answer = await fetch(`${consoleUrl}/`, {
    method: 'POST', redirect: 'manual', body: form,
    headers: { cookie: cookiesOf(page), 'sec-fetch-site': 'same-origin' },
  });
  if (answer.status !== 303) {
    throw new Error(`Signing in was answered with ${answer.status}.`);
  }
  return cookiesOf(answer);
}

const cookiesOf = answer => answer.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; ');

// Chrome keeps it itself, because headers that Lighthouse adds do not reach workers. Over https as far as Chrome is
// concerned, or it would take no secure cookie; a port is no part of it.
async function giveCookie(port, cookie) {
  const { webSocketDebuggerUrl } = await (await fetch(`http://127.0.0.1:${port}/json/version`)).json();
  const chrome = new WebSocket(webSocketDebuggerUrl);
  await new Promise(resolve => chrome.addEventListener('open', resolve));
  const cookies = cookie.split('; ').map(one => one.split(/=(.*)/)).map(([name, value]) => (
    { name, value, url: 'https://localhost/', secure: true, httpOnly: true }));
  chrome.send(JSON.stringify({ id: 1, method: 'Storage.setCookies', params: { cookies } }));
  await new Promise(resolve => chrome.addEventListener('message', resolve));
  chrome.close();
}

async function measure(page) {
  const runs = [];
  for (let i = 0; i < rounds; i++) {
    const chrome = await launch({ chromeFlags: [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'] });
    try {
      if (page.cookie) {
        await giveCookie(chrome.port, page.cookie);
      }

      const { lhr } = await lighthouse(page.url, {
        port: chrome.port,
        output: 'json',
        logLevel: 'error',
        onlyCategories: scores,
        blockedUrlPatterns: page.without,
        disableStorageReset: true,
      });
      runs.push(lhr);
    } finally {
      chrome.kill();
    }
  }

  const median = value => runs.map(value).sort((a, b) => a - b)[Math.floor(rounds / 2)];
  const failing = new Set(runs.flatMap(run => scores.slice(1)
    .flatMap(category => run.categories[category].auditRefs.filter(ref => ref.weight > 0).map(ref => ref.id))
    .filter(id => run.audits[id].score !== null && run.audits[id].score < 1)));
  const [lcp, tti, tbt, cls] = times.map(id => median(run => run.audits[id].numericValue));
  print([page.name, ...scores.map(id => Math.round(100 * median(run => run.categories[id].score))),
    (lcp / 1000).toFixed(2), (tti / 1000).toFixed(2), Math.round(tbt), cls.toFixed(3),
    (median(run => run.audits['total-byte-weight'].numericValue) / 1024).toFixed(1), [...failing].join(' ') || '-']);
}

function print(cells) {
  process.stdout.write(`${cells.map((cell, i) => String(cell).padEnd(columns[i][1])).join(' ')}\n`);
}

const link = await makeLink();
const [owner, agent] = await Promise.all(dev.users.map(signIn));
print(columns.map(([name]) => name));
for (const page of [
  { name: "customer's page, alone", url: link.url, without: ['*mollie.js*'] },
  { name: "customer's page, Mollie's script", url: link.url },
  { name: 'sign-in', url: `${consoleUrl}/` },
  ...['/takings', '/links', '/links/new', `/links/${link.id}`, '/settings']
    .map(path => ({ name: path.replace(link.id, '…'), url: consoleUrl + path, cookie: owner })),
  { name: '/desk', url: `${consoleUrl}/desk`, cookie: agent },
]) {
  await measure(page);
}
