// Checks a built site. Usage: node check.mjs FOLDER [--sample N] [--no-browser]
//   vnu and html-validate, on every page, or on N of them spread evenly
//   internal links
//   axe, sideways scroll,  on one page of each kind, 320 and 1280 px wide, light and dark,
//   foreign requests       and on one of them opened from the disk
// Needs Java and Chromium (CHROMIUM, default /usr/bin/chromium). The last line is the verdict.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.resolve(process.argv[2] ?? 'public');
const sampleAt = process.argv.indexOf('--sample');
const sampleSize = sampleAt > 0 ? Number(process.argv[sampleAt + 1]) : Infinity;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.xml': 'application/xml', '.txt': 'text/plain', '.js': 'text/javascript', '.json': 'application/json' };

// From the disk vnu takes every file for another origin; that the policy lets stylesheet and script in is seen in the browser.
const CSP_FROM_DISK = '.*Content Security Policy.*external (stylesheet|script).*';
const TABS = 3;

let passed = 0;
let failed = 0;
function verdict(name, problems) {
  if (problems.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAIL ${name}`);
  for (const problem of problems.slice(0, 20)) console.log(`     ${problem}`);
}

function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

function* walk(inner) {
  for (const name of readdirSync(path.join(folder, inner)).sort()) {
    const relative = inner ? `${inner}/${name}` : name;
    if (statSync(path.join(folder, relative)).isDirectory()) yield* walk(relative);
    else if (name.endsWith('.html')) yield relative;
  }
}

// The kind of a page: its address without codes, names and years.
function kind(page) {
  const parts = page.split('/').slice(0, -1);
  if (page === '404.html') return '404';
  const prefix = parts[0] === 'co-quan' && parts.length > 1 ? 'agency' : 'root';
  const inner = prefix === 'agency' ? parts.slice(2) : parts;
  return [prefix, ...inner.map((part, at) => (at > 0 && part !== 'a-z' ? '*' : part))].join('/');
}

function spread(pages, size) {
  if (pages.length <= size) return pages;
  return Array.from({ length: size }, (_, at) => pages[Math.floor((at * pages.length) / size)]);
}

function run(name, command, parameters) {
  try {
    execFileSync(command, parameters, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
    verdict(name, []);
  } catch (error) {
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n');
    verdict(name, said.length && said[0] ? said : [String(error)]);
  }
}

function validate(pages) {
  const jar = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  const bin = path.join(path.dirname(require.resolve('html-validate/package.json')), 'bin/html-validate.mjs');
  const files = pages.map((page) => path.join(folder, page));
  for (let at = 0; at < files.length; at += 400) {
    const part = files.slice(at, at + 400);
    const label = `pages ${at + 1}–${at + part.length}`;
    run(`vnu ${label}`, 'java', ['-Xss4m', '-jar', jar, '--Werror', '--filterpattern', CSP_FROM_DISK, '--format', 'gnu', ...part]);
    run(`html-validate ${label}`, process.execPath, [bin, '--config', path.join(here, '.htmlvalidate.json'), '--formatter', 'text', ...part]);
  }
  const css = readdirSync(path.join(folder, 'tinh')).filter((name) => name.endsWith('.css'));
  run('vnu stylesheet', 'java', ['-jar', jar, '--Werror', '--css', '--format', 'gnu', ...css.map((name) => path.join(folder, 'tinh', name))]);
}

// Every internal link of these pages leads to a file of the site, and to an anchor that is there.
function links(some) {
  const ids = new Map();
  const idsOf = (page) => {
    if (!ids.has(page)) ids.set(page, new Set(Array.from(readFileSync(path.join(folder, page), 'utf8').matchAll(/ id="([^"]*)"/g), (match) => match[1])));
    return ids.get(page);
  };
  let count = 0;
  const broken = [];
  for (const page of some.filter((one) => one !== '404.html')) {
    for (const [, written] of readFileSync(path.join(folder, page), 'utf8').matchAll(/ (?:href|src)="([^"]*)"/g)) {
      const link = written.replaceAll('&amp;', '&');
      if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
      count += 1;
      const [target, anchor] = link.split('#');
      const file = target === '' ? page : path.posix.join(path.posix.dirname(page), decodeURI(target), target.endsWith('/') ? 'index.html' : '');
      const stats = file.startsWith('..') || link.startsWith('/') ? undefined : statSync(path.join(folder, file), { throwIfNoEntry: false });
      if (!stats?.isFile()) broken.push(`${page}: ${link}`);
      else if (anchor && !idsOf(file).has(anchor)) broken.push(`${page}: ${link} has no anchor`);
    }
  }
  console.log(`${count} internal links on ${some.length} pages, ${broken.length} broken`);
  verdict('internal links', broken);
}

// The folder under which the site will lie, as the links of its 404 page say.
const mount = /href="(\/[^"]*?)tinh\//.exec(readFileSync(path.join(folder, '404.html'), 'utf8'))?.[1] ?? '/';

function serve() {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const inner = asked.startsWith(mount) ? asked.slice(mount.length - 1) : asked;
    let file = path.join(folder, path.normalize(inner));
    if (!file.startsWith(folder)) return response.writeHead(403).end();
    if (inner.endsWith('/')) file = path.join(file, 'index.html');
    try {
      const body = readFileSync(file);
      response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function look(browser, base, page, scheme, width) {
  // axe is injected as a script, which the pages' own policy forbids.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true, locale: 'vi-VN' });
  const tab = await context.newPage();
  const foreign = [];
  const broken = [];
  tab.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('data:')) foreign.push(`request to ${request.url()}`);
  });
  tab.on('response', (response) => {
    if (response.status() >= 400) broken.push(`${response.status()} for ${response.url()}`);
  });
  await tab.goto(base + mount.slice(1) + page, { waitUntil: 'load' });
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  const spaced = width === 320 && (await tab.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
    document.head.append(style);
    const overflows = document.documentElement.scrollWidth > document.documentElement.clientWidth;
    style.remove();
    return overflows;
  }));
  const found = await new AxeBuilder({ page: tab }).options({ runOnly: { type: 'tag', values: TAGS } }).analyze();
  await context.close();
  const violations = found.violations.map((one) => `axe ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`);
  return [...violations, ...foreign, ...broken, ...(wide ? ['scrolls sideways'] : []), ...(spaced ? ['scrolls sideways with wide spacing'] : [])];
}

async function fromDisk(browser, page) {
  const tab = await browser.newPage();
  const said = [];
  tab.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  tab.on('requestfailed', (request) => said.push(`failed: ${request.url()}`));
  await tab.goto(pathToFileURL(path.join(folder, page)).href);
  const padding = await tab.evaluate(() => getComputedStyle(document.querySelector('.w')).paddingLeft);
  if (padding === '0px') said.push('the stylesheet is not applied');
  await tab.close();
  return said;
}

const pages = [...walk('')];
console.log(`${pages.length} pages in ${folder}`);
const chosen = spread(pages, sampleSize);
links(chosen);
validate(chosen);
if (process.argv.includes('--no-browser')) finish();

const kinds = new Map();
// The largest page of each kind shows most.
for (const page of pages) {
  const size = statSync(path.join(folder, page)).size;
  const known = kinds.get(kind(page));
  if (!known || size > known.size) kinds.set(kind(page), { page, size });
}
const server = await serve();
const base = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const looks = [];
  for (const [name, { page }] of kinds) {
    for (const scheme of ['light', 'dark']) {
      for (const width of [320, 1280]) looks.push({ name: `${name} ${scheme} ${width} (${page})`, page, scheme, width });
    }
  }
  const next = async () => {
    for (let one = looks.shift(); one; one = looks.shift()) verdict(one.name, await look(browser, base, one.page, one.scheme, one.width));
  };
  await Promise.all(Array.from({ length: TABS }, next));
  const deepest = [...kinds.values()].map(({ page }) => page).sort((left, right) => right.split('/').length - left.split('/').length)[0];
  verdict(`from the disk (${deepest})`, await fromDisk(browser, deepest));
} finally {
  await browser.close();
  server.close();
}
finish();
