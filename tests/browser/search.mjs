// Checks the search of a built sample site, and what it weighs.
// Usage: node search.mjs SITE [PROGRAM]; with the program it also weighs the search of 5,000 made-up procedures.
//   each query below finds the right page first, over http and from the disk
//   every address that the script makes is a file of the site: both sides fold names alike
//   of documents with one number and year, the higher authority comes first
//   nothing is loaded before the first use; without scripts there is no box
//   the keyboard alone is enough; axe finds nothing while results are shown
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const site = path.resolve(process.argv[2] ?? 'public');
const program = process.argv[3] && path.resolve(process.argv[3]);
const AGENCY = 'co-quan/xa-ben-lau/';
const LOADER_BYTES = 5 * 1024;
const FIRST_USE_BYTES = 250 * 1024;
// What a name of the national catalogue weighs in a packed index: 75 KB for 3,112 names.
const BYTES_PER_NAME = 24;
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript' };

// Page, what is typed, what is found first.
const QUERIES = [
  ['', 'dat dai', 'thu-tuc/index.html#linh-vuc-dat-dai'],
  ['', 'đất đai', 'thu-tuc/index.html#linh-vuc-dat-dai'],
  ['', 'dang ky khai sinh', 'thu-tuc/1.001193-'],
  ['', 'Đăng ký khai sinh', 'thu-tuc/1.001193-'],
  ['', 'đăng kí khai sinh'.normalize('NFD'), 'thu-tuc/1.001193-'],
  ['', 'dang ki khai sihn', 'thu-tuc/1.001193-'],
  ['', 'dang ky khai sin', 'thu-tuc/1.001193-'],
  ['', '1.001193', 'thu-tuc/1.001193-'],
  ['', '1.0011', 'thu-tuc/1.001193-'],
  ['', '001193', 'thu-tuc/1.001193-'],
  ['', '1.001193.000.00.00.H55', 'thu-tuc/1.001193-'],
  ['', 'hoà giải', 'thu-tuc/1.012812-'],
  ['', 'hòa giải', 'thu-tuc/1.012812-'],
  ['', 'hoa giai tranh chap', 'thu-tuc/1.012812-'],
  ['', 'hoagiai', 'thu-tuc/1.012812-'],
  ['', 'ho tich', 'thu-tuc/index.html#linh-vuc-ho-tich'],
  ['', 'tthc', 'thu-tuc/index.html'],
  ['', '19/2014', 'van-ban/19-2014-qd-ttg/index.html'],
  ['', 'qd 19/2014', 'van-ban/19-2014-qd-ttg/index.html'],
  ['', 'quyet dinh 19/2014', 'van-ban/19-2014-qd-ttg/index.html'],
  ['', 'nghi dinh 61/2018', 'van-ban/61-2018-nd-cp/index.html'],
  ['', 'ubnd xa ben lau', 'co-quan/xa-ben-lau/index.html'],
  ['', 'so khcn', 'co-quan/so-khoa-hoc-va-cong-nghe/index.html'],
  ['thu-tuc/', 'ket hon', 'thu-tuc/'],
  [AGENCY, 'dang ky khai sinh', `${AGENCY}thu-tuc/1.001193-`],
  [AGENCY, 'dat dai', `${AGENCY}thu-tuc/index.html#linh-vuc-dat-dai`],
  [AGENCY, 'tthc', `${AGENCY}thu-tuc/index.html`],
  [AGENCY, 'cong bo', `${AGENCY}cong-bo/index.html`],
  [`${AGENCY}thu-tuc/`, '19/2014', 'van-ban/19-2014-qd-ttg/index.html'],
];

let passed = 0;
let failed = 0;
function check(name, isRight, told = '') {
  if (isRight) passed += 1;
  else {
    failed += 1;
    console.log(`FAIL ${name} ${told}`);
  }
}

const packed = (file) => gzipSync(readFileSync(file), { level: 9 }).length;
const named = (folder, pattern) => readdirSync(folder).filter((name) => pattern.test(name)).map((name) => path.join(folder, name));

// The scripts of a site, in the order in which a page loads them.
function scripts(folder) {
  const [loader] = named(`${folder}/tinh`, /^search\.[0-9a-f]+\.js$/);
  const first = [named(`${folder}/tinh/vendor`, /^minisearch\.[0-9a-f]+\.js$/), named(`${folder}/tinh`, /^search-engine/), named(`${folder}/tinh`, /^search-index/)].flat();
  return { loader, first };
}

function weigh(name, folder) {
  const { loader, first } = scripts(folder);
  const sizes = first.map(packed);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`${name}: ${packed(loader)} bytes before first use; library, engine, index ${sizes.join(' + ')} = ${total} bytes, gzip`);
  check(`${name}: before first use`, packed(loader) <= LOADER_BYTES);
  check(`${name}: on first use`, total <= FIRST_USE_BYTES, `${total} bytes`);
}

// Every address that the script makes of names and codes is a file that the generator wrote.
async function addresses(folder, list) {
  const context = vm.createContext({ setTimeout, URL });
  vm.runInContext('self = globalThis', context);
  for (const file of [...scripts(folder).first, ...(list ? [list] : [])]) vm.runInContext(readFileSync(file, 'utf8'), context);
  const all = vm.runInContext('congbo.entries(congbo.index, congbo.own)', context);
  const lost = all.map((entry) => entry.href.split('#')[0]).filter((href) => !href.startsWith('https:') && !existsSync(path.join(folder, href)));
  check(`the addresses of ${all.length} entries`, lost.length === 0, lost.slice(0, 5).join(' '));
}

// A register with many documents of one number: exact ones before those that only hold it, a higher authority first.
async function authorities(folder) {
  const context = vm.createContext({ setTimeout, URL });
  vm.runInContext('self = globalThis', context);
  for (const file of scripts(folder).first) vm.runInContext(readFileSync(file, 'utf8'), context);
  const numbers = ['119/2014/NĐ-CP', '19/2014/QĐ-UBND', '19/2014/TT-BXD', '19/2014/QĐ-TTg', '19/2014/NĐ-CP', '12/2014/TT-BTC'];
  context.law = { numbers, titles: numbers.map(() => 'Quy định chi tiết thi hành'), ended: [], hrefs: null };
  const search = vm.runInContext('congbo.searcher({ ...congbo.index, law }, null, MiniSearch)', context);
  await search.ready;
  const found = search.find('19/2014').map((entry) => entry.title);
  const wanted = ['19/2014/NĐ-CP', '19/2014/QĐ-TTg', '19/2014/TT-BXD', '19/2014/QĐ-UBND'];
  check('documents of one number by authority', wanted.every((number, at) => found[at] === number), found.join(', '));
  const named = search.find('quyet dinh 19/2014').map((entry) => entry.title);
  check('a number with its kind', named[0] === '19/2014/QĐ-TTg' || named[0] === '19/2014/QĐ-UBND', named.join(', '));
}

function serve(folder) {
  const asked = [];
  const server = createServer((request, response) => {
    const inner = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    asked.push(inner);
    const file = path.join(folder, inner.replace('/thu-muc/', '/'), inner.endsWith('/') ? 'index.html' : '');
    if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, asked, base: `http://127.0.0.1:${server.address().port}/thu-muc/` })));
}

async function open(browser, address, settings = {}) {
  const tab = await (await browser.newContext({ locale: 'vi-VN', ...settings })).newPage();
  tab.said = [];
  tab.on('console', (message) => message.type() === 'error' && tab.said.push(message.text()));
  tab.on('pageerror', (error) => tab.said.push(String(error)));
  await tab.goto(address);
  return tab;
}

const results = (tab) => tab.locator('.find ol a');
async function ask(tab, text) {
  await tab.fill('#o-tim', text);
  await tab.locator('.find [role=status]:not(:empty)').waitFor();
  await tab.waitForFunction(() => /kết quả/.test(document.querySelector('.find [role=status]').textContent));
}

async function rank(browser, base, name) {
  for (const page of new Set(QUERIES.map(([page]) => page))) {
    const tab = await open(browser, `${base}${page}index.html`);
    for (const [, text, first] of QUERIES.filter(([one]) => one === page)) {
      await ask(tab, text);
      const found = (await results(tab).count()) ? await results(tab).first().evaluate((link) => link.href) : 'nothing';
      check(`${name} ${page}: ${text}`, found.startsWith(base + first), `found ${found.replace(base, '')}`);
    }
    check(`${name} ${page}: nothing is refused`, tab.said.length === 0, tab.said.join(' '));
    await tab.context().close();
  }
}

async function first(browser, { base, asked }) {
  asked.length = 0;
  let tab = await open(browser, `${base}index.html`);
  await tab.waitForTimeout(300);
  const early = asked.filter((one) => one.endsWith('.js'));
  check('only the loader before first use', early.length === 1 && /tinh\/search\.[0-9a-f]+\.js$/.test(early[0]), early.join(' '));
  await tab.focus('#o-tim');
  await tab.waitForFunction(() => self.congbo && self.congbo.index);
  check('four scripts on first use', asked.filter((one) => one.endsWith('.js')).length === 4, asked.join(' '));
  await tab.context().close();
  tab = await open(browser, `${base}index.html`, { javaScriptEnabled: false });
  check('no box without scripts', (await tab.locator('input').count()) === 0);
  await tab.context().close();
}

// From the box to a page, with the keys alone; and back from the results to the box.
async function keys(browser, base) {
  const tab = await open(browser, `${base}${AGENCY}index.html`);
  for (let presses = 0; presses < 60 && (await tab.evaluate(() => document.activeElement.id)) !== 'o-tim'; presses += 1) await tab.keyboard.press('Tab');
  await tab.keyboard.type('khai sinh');
  await tab.waitForFunction(() => /kết quả/.test(document.querySelector('.find [role=status]').textContent));
  const at = () => tab.evaluate(() => [...document.querySelectorAll('.find ol a')].indexOf(document.activeElement));
  await tab.keyboard.press('ArrowDown');
  check('arrow down leads to the first result', (await at()) === 0);
  await tab.keyboard.press('ArrowDown');
  check('and on to the next', (await at()) === 1);
  await tab.keyboard.press('Escape');
  check('escape leads back to the box', (await tab.evaluate(() => document.activeElement.id)) === 'o-tim');
  await tab.keyboard.press('Enter');
  check('enter leads to the first result', (await at()) === 0);
  await Promise.all([tab.waitForURL(/1\.001193/), tab.keyboard.press('Enter')]);
  check('enter on a result opens it', tab.url().includes(`${AGENCY}thu-tuc/1.001193-`));
  await tab.context().close();
}

async function accessible(browser, base) {
  for (const [width, colorScheme] of [[320, 'light'], [1280, 'dark']]) {
    const tab = await open(browser, `${base}index.html`, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    await ask(tab, 'dang ky');
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await new AxeBuilder({ page: tab }).options({ runOnly: { type: 'tag', values: tags } }).analyze();
    check(`axe with results, ${width} ${colorScheme}`, violations.length === 0, violations.map((one) => one.id).join(' '));
    check(`no sideways scroll at ${width}`, await tab.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    await tab.context().close();
  }
}

// Names that pack no better than real ones: words of the sample's own names, drawn by a fixed rule.
function names(count) {
  const text = readFileSync(scripts(site).first[2], 'utf8');
  const pool = [...new Set(JSON.parse(text.slice(text.indexOf('=', text.indexOf(').')) + 1, text.lastIndexOf('}') + 1)).procedures.names.flatMap((name) => name.split(/\s+/)))];
  let seed = 1;
  const draw = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
  return Array.from({ length: count }, (_, at) => `${Array.from({ length: 15 }, () => pool[draw(pool.length)]).join(' ')} ${at}`);
}

function big() {
  const folder = mkdtempSync(path.join(tmpdir(), 'congbo-search-'));
  try {
    const made = names(5000);
    check('made-up names pack no better than real ones', gzipSync(made.join('\n'), { level: 9 }).length >= BYTES_PER_NAME * made.length);
    const records = made.map((name, at) => `- code: "1.${String(at).padStart(6, '0')}"\n  name: ${JSON.stringify(name)}\n  field: Lĩnh vực ${at % 150}\n`);
    mkdirSync(`${folder}/content/administrative-procedures`, { recursive: true });
    for (let at = 0; at < 10; at += 1) writeFileSync(`${folder}/content/administrative-procedures/${at}.yaml`, records.slice(at * 500, at * 500 + 500).join(''));
    writeFileSync(`${folder}/content/site.yaml`, 'title: Trang thử\nrules: { incomplete-administrative-procedure: off }\n');
    for (const id of ['xa-thu', 'xa-hai']) {
      mkdirSync(`${folder}/content/agencies/${id}`, { recursive: true });
      writeFileSync(`${folder}/content/agencies/${id}/agency.yaml`, `id: ${id}\nname: Ủy ban nhân dân ${id}\nlevel: commune\n`);
    }
    execFileSync(program, ['build', '--project', folder, '--as-of', '2026-11-21'], { stdio: 'ignore' });
    weigh('5,000 procedures', `${folder}/public`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

weigh('this site', site);
await addresses(site, named(path.join(site, AGENCY), /^search-list/)[0]);
await authorities(site);
if (program) big();
const served = await serve(site);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await first(browser, served);
  await rank(browser, served.base, 'http');
  await rank(browser, `${pathToFileURL(site).href}/`, 'disk');
  await keys(browser, served.base);
  await accessible(browser, served.base);
} finally {
  await browser.close();
  served.server.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
