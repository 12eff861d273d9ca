// Makes the forms of `congbo cms`, holds their settings to the schema of Sveltia CMS itself, opens them in Chromium on
// a folder of the sample, saves changes, and lets `congbo` read what was saved.
// Usage: node forms.mjs PROGRAM PROJECT   (first: npm install; Chromium: CHROMIUM, default /usr/bin/chromium)
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { chromium } from 'playwright-core';
import { expect, fail, finish } from '../expect.mjs';

const [program, sample] = process.argv.slice(2).map((path) => resolve(path));
const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const folder = mkdtempSync(join(tmpdir(), 'congbo-forms-'));

const project = join(folder, 'project');
cpSync(join(sample, 'content'), join(project, 'content'), { recursive: true });
const congbo = (...words) => execFileSync(program, [...words, '--project', project], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const desk = (name, ...words) => {
  congbo('cms', '--to', join(folder, name, 'quan-tri'), '--modules', modules, ...words);
  return JSON.parse(readFileSync(join(folder, name, 'quan-tri/config.json'), 'utf8'));
};

// The settings are what Sveltia CMS says that settings are, whatever keeps the content.
const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
const isValid = ajv.compile(JSON.parse(readFileSync(join(modules, '@sveltia/cms/schema/sveltia-cms.json'), 'utf8')));
const made = {
  gitlab: desk('gitlab', '--backend', 'gitlab', '--repo', 'tinh/iso', '--app-id', 'abc123', '--base-url', 'https://git.vi-du.example', '--agency', 'xa-ben-lau'),
  github: desk('github', '--backend', 'github', '--repo', 'tinh/iso', '--branch', 'main'),
  proxied: desk('proxied', '--backend', 'github', '--repo', 'tinh/iso', '--base-url', 'https://dang-nhap.vi-du.example'),
  test: desk('test', '--backend', 'test-repo'),
};
for (const [name, settings] of Object.entries(made)) {
  isValid(settings);
  expect(`settings for ${name}`, (isValid.errors ?? []).map((error) => `${error.instancePath} ${error.message}`).join('; '), '');
}
expect('people sign in by PKCE', made.gitlab.backend.auth_type, 'pkce');
expect('changes are reviewed', made.gitlab.publish_mode, 'editorial_workflow');
expect('texts are in quotes', made.gitlab.output.yaml.quote, 'double');

// Another file in the place of the known one is refused.
const other = join(folder, 'other');
cpSync(join(modules, '@sveltia'), join(other, '@sveltia'), { recursive: true });
cpSync(join(modules, '@fontsource-variable'), join(other, '@fontsource-variable'), { recursive: true });
writeFileSync(join(other, '@sveltia/cms/dist/sveltia-cms.js'), 'alert(1)');
const refused = spawnSync(program, ['cms', '--to', join(folder, 'refused'), '--modules', other, '--backend', 'test-repo', '--project', project], { encoding: 'utf8' });
expect('another script is refused', refused.status, 2);
expect('and why is said', refused.stderr, /sveltia-cms\.js không phải bản 0\.221\.1 đã đối chiếu/);

/** Serves the forms as Apache does with the settings that lie in their folder. */
const headers = Object.fromEntries([...readFileSync(join(folder, 'gitlab/quan-tri/.htaccess'), 'utf8').matchAll(/^Header always set (\S+) "(.*)"$/gm)].map((line) => line.slice(1)));
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.json': 'application/json', '.woff2': 'font/woff2' };
const server = createServer((request, answer) => {
  const path = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
  try {
    const body = readFileSync(join(folder, 'gitlab', path.endsWith('/') ? `${path}index.html` : path));
    answer.writeHead(200, { ...headers, 'content-type': types[extname(path)] ?? types['.html'] }).end(body);
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const address = `http://127.0.0.1:${server.address().port}/quan-tri/`;

/** What an officer's folder holds: the files of one agency, and the mark by which Sveltia CMS knows a repository. */
const own = 'content/agencies/xa-ben-lau';
const texts = readdirSync(join(project, own), { recursive: true, encoding: 'utf8' }).filter((path) => /\.(yaml|md)$/.test(path));
const files = Object.fromEntries([['.git/HEAD', 'ref: refs/heads/main\n'], ...texts.map((path) => [`${own}/${path}`, readFileSync(join(project, own, path), 'utf8')])]);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await (await browser.newContext({ locale: 'vi-VN', viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(20000);
  const outside = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !/^(blob|data):/.test(request.url())) outside.push(request.url());
  });
  page.on('pageerror', (error) => expect('error in the page', error.message, ''));
  // The folder that the officer would pick is one of the browser's own.
  await page.addInitScript(() => {
    window.showDirectoryPicker = () => navigator.storage.getDirectory();
  });
  await page.goto(address);
  await page.evaluate(async (files) => {
    const root = await navigator.storage.getDirectory();
    for (const [path, text] of Object.entries(files)) {
      const parts = path.split('/');
      let folder = root;
      for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
      const out = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
      await out.write(text);
      await out.close();
    }
  }, files);
  const read = (path) =>
    page.evaluate(async (path) => {
      let folder = await navigator.storage.getDirectory();
      const parts = path.split('/');
      try {
        for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
        return await (await (await folder.getFileHandle(parts.at(-1))).getFile()).text();
      } catch {
        return '';
      }
    }, path);
  expect('the page is no search result', await page.locator('meta[name=robots]').first().getAttribute('content'), /noindex/);
  await page.getByRole('button', { name: 'Làm việc với kho mã nguồn cục bộ' }).click();
  await page.getByText('Quy trình – Ủy ban nhân dân xã Bến Lau').first().waitFor();
  const list = await page.locator('body').innerText();
  for (const words of ['Bản công bố', 'Mục tiêu chất lượng', 'Kết quả giải quyết hồ sơ', 'Cơ quan', 'Chính sách chất lượng', 'Chuyên mục']) {
    expect(`the collections are named: ${words}`, list.includes(words), true);
  }

  const edit = async (place, field, value) => {
    await page.goto(`${address}#/collections/${place}`);
    await page.locator(`[data-key-path="${field}"]`).locator('input, textarea').first().fill(value);
  };
  const save = async (path, until) => {
    await page.getByRole('button', { name: 'Lưu', exact: true }).first().click();
    for (let attempt = 0; attempt < 100 && !(await read(path)).includes(until); attempt += 1) await page.waitForTimeout(100);
    const text = await read(path);
    expect(`${path} is saved`, text.includes(until), true);
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  // What there is, before anything is changed.
  congbo('build', '--as-of', '2026-11-21');
  const facts = () => ['agencies', 'work-processes', 'declarations'].map((name) => readFileSync(join(project, 'public/du-lieu', `${name}.json`), 'utf8'));
  const before = facts();

  await edit('xa-ben-lau/entries/agency', 'phone', '0200 000 0999');
  expect('a field says what to write', await page.locator('[data-key-path="id"]').innerText(), /Trùng tên thư mục/);
  await save(`${own}/agency.yaml`, '0200 000 0999');
  await edit('xa-ben-lau--work_process/entries/tro-cap-hang-thang', 'purpose', 'Đúng người: đúng hạn # mọi lúc.');
  await save(`${own}/work-processes/tro-cap-hang-thang.md`, 'Đúng người: đúng hạn # mọi lúc.');
  congbo('build', '--as-of', '2026-11-21');
  const after = facts();
  expect('the change is in the site', after[0].includes('0200 000 0999') && after[1].includes('Đúng người: đúng hạn # mọi lúc.'), true);
  const phone = /^phone: (.*)$/m.exec(files[`${own}/agency.yaml`])[1];
  expect('nothing else of the agency changed', after[0].replace('0200 000 0999', phone) === before[0], true);
  const purpose = /^purpose: (.*)$/m.exec(files[`${own}/work-processes/tro-cap-hang-thang.md`])[1];
  expect('nothing else of the work process changed', after[1].replace('Đúng người: đúng hạn # mọi lúc.', purpose) === before[1], true);
  expect('nor of the declarations', after[2] === before[2], true);

  // A new one is named after its code.
  await edit('xa-ben-lau--work_process/new', 'code', 'QT 99/BL-ĐT');
  for (const [field, value] of [['title', 'Quy trình thử biểu mẫu'], ['edition', '1'], ['revision', '0'], ['issued_on', '2026-11-20'], ['approved_by', 'Chủ tịch']]) {
    await page.locator(`[data-key-path="${field}"]`).locator('input, textarea').first().fill(value);
  }
  await page.getByRole('button', { name: 'Lưu', exact: true }).first().click();
  const names = () => page.evaluate(async (own) => {
    let folder = await navigator.storage.getDirectory();
    for (const part of `${own}/work-processes`.split('/')) folder = await folder.getDirectoryHandle(part);
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  }, own);
  const isNew = (name) => !(`${own}/work-processes/${name}` in files);
  for (let attempt = 0; attempt < 100 && !(await names()).some(isNew); attempt += 1) await page.waitForTimeout(100);
  const name = (await names()).find(isNew) ?? '';
  expect('a new file is named after its code', name, /^qt-99-bl-d?t\.md$/);
  if (name) {
    const text = await read(`${own}/work-processes/${name}`);
    writeFileSync(join(project, own, 'work-processes', name), text);
    expect('codes, dates and texts are in quotes, numbers are not', text, /^---\ncode: "QT 99\/BL-ĐT"\ntitle: "Quy trình thử biểu mẫu"\nedition: 1\nrevision: 0\nissued_on: "2026-11-20"\n/);
  }
  const check = spawnSync(program, ['check', '--project', project, '--as-of', '2026-11-21', '--format', 'json'], { encoding: 'utf8' });
  expect('what was saved has no error', check.status, 0);
  congbo('fmt');
  congbo('fmt', '--check');
  expect('nothing was asked of another host', outside.join(), '');
} catch (error) {
  fail(error.stack);
} finally {
  await browser.close();
  server.close();
}
rmSync(folder, { recursive: true });
finish('the forms');
