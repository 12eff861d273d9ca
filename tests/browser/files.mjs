// What can be checked without a browser: markup, links, weights.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder, isProcedure, text, weight } from './site.mjs';
import { verdict } from './verdict.mjs';

const require = createRequire(import.meta.url);
const here = path.dirname(fileURLToPath(import.meta.url));

// From the disk vnu takes every file for another origin; that the policy lets stylesheet, script and emblem in is seen in the browser.
const CSP_FROM_DISK = '.*Content Security Policy.*(external stylesheet|external script|image).*';

const PROCEDURE_BYTES = 14 * 1024;
const PAGE_BYTES = 30 * 1024;

function run(name, command, parameters) {
  try {
    execFileSync(command, parameters, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
    verdict(name, []);
  } catch (error) {
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n');
    verdict(name, said.length && said[0] ? said : [String(error)]);
  }
}

export function validate(pages) {
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
export function links(some) {
  const ids = new Map();
  const idsOf = (page) => {
    if (!ids.has(page)) ids.set(page, new Set(Array.from(text(page).matchAll(/ id="([^"]*)"/g), (match) => match[1])));
    return ids.get(page);
  };
  let count = 0;
  const broken = [];
  for (const page of some.filter((one) => one !== '404.html')) {
    for (const [, written] of text(page).matchAll(/ (?:href|src)="([^"]*)"/g)) {
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

// HTML and stylesheet over the line: any page soon, a procedure's page in one round trip. One procedure in a hundred has
// so many papers and cases that it may take as much as a list. Each procedure of the site is weighed once, on its
// largest page.
export function weights(some, procedures) {
  const weighed = (pages) => pages.map((page) => [page, weight(page)]).sort(([, left], [, right]) => right - left);
  const over = (pages, most) => pages.filter(([, bytes]) => bytes > most).map(([page, bytes]) => `${page}: ${bytes} bytes, at most ${most}`);
  const pages = weighed(some.filter((page) => !isProcedure(page)));
  const ofProcedures = weighed(procedures);
  const long = over(ofProcedures, PROCEDURE_BYTES);
  const heaviest = ([[page, bytes] = ['', 0]]) => `${bytes} bytes (${page})`;
  console.log(`${procedures.length} procedures, ${long.length} of them long: heaviest page ${heaviest(ofProcedures)}; heaviest other page ${heaviest(pages)}`);
  verdict('weights', [...over(pages, PAGE_BYTES), ...over(ofProcedures, PAGE_BYTES), ...(long.length * 100 > procedures.length ? long : [])]);
}

// The policy forbids inline style and script; the markup has none that would have to be let through.
export function inline(some) {
  const inlined = / style="|<style|<script(?![^>]*(?:src=|application\/ld\+json))| on[a-z]+="/;
  verdict('inline style and script', some.filter((page) => inlined.test(text(page))));
}
