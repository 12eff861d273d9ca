// Checks a built site. Usage: node check.mjs FOLDER [--sample N] [--no-browser]
//   files.mjs      vnu and html-validate, links, weights, nothing inline: on every page, or on N of them spread evenly
//   look.mjs       axe, sideways scroll, requests, print: one page of each kind, 320 and 1280 px wide, light and dark
//   plain.mjs      the same text without JavaScript, the keyboard alone, as PDF: one page of each kind
//   procedure.mjs  the answer above the fold of a phone, and how soon it is there on a slow line
//   lighthouse.mjs accessibility, best practices, search engines: 100 on the main kinds of pages
// Needs Java and Chromium (CHROMIUM, default /usr/bin/chromium). The last line is the verdict.
import { chromium } from 'playwright-core';
import { inline, links, validate, weights } from './files.mjs';
import { MAIN_KINDS, scores } from './lighthouse.mjs';
import { fromDisk, look } from './look.mjs';
import { asPdf, plain } from './plain.mjs';
import { aboveTheFold, speed } from './procedure.mjs';
import { folder, onePerKind, pages as all, procedurePages, serve } from './site.mjs';
import { finish, verdict } from './verdict.mjs';

const sampleAt = process.argv.indexOf('--sample');
const sampleSize = sampleAt > 0 ? Number(process.argv[sampleAt + 1]) : Infinity;
const TABS = 3;
const DEBUGGING_PORT = 9333;

function spread(some, size) {
  if (some.length <= size) return some;
  return Array.from({ length: size }, (_, at) => some[Math.floor((at * some.length) / size)]);
}

console.log(`${all.length} pages in ${folder}`);
const chosen = spread(all, sampleSize);
links(chosen);
weights(chosen, procedurePages());
inline(chosen);
validate(chosen);
if (process.argv.includes('--no-browser')) finish();

const kinds = onePerKind();
const server = await serve();
const base = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', `--remote-debugging-port=${DEBUGGING_PORT}`],
});
try {
  const looks = [];
  for (const [name, page] of kinds) {
    for (const scheme of ['light', 'dark']) {
      for (const width of [320, 1280]) looks.push({ name: `${name} ${scheme} ${width} (${page})`, page, scheme, width });
    }
  }
  console.log(`${kinds.size} kinds of pages, ${looks.length} looks`);
  const next = async () => {
    for (let one = looks.shift(); one; one = looks.shift()) verdict(one.name, await look(browser, base, one.page, one.scheme, one.width));
  };
  await Promise.all(Array.from({ length: TABS }, next));
  const pages = [...kinds.values()];
  const nextPlain = async () => {
    for (let page = pages.shift(); page; page = pages.shift()) {
      verdict(`without JavaScript and mouse (${page})`, await plain(browser, base, page));
      if (!page.startsWith('en/') && !page.includes('/en/')) verdict(`as PDF (${page})`, await asPdf(browser, base, page));
    }
  };
  await Promise.all(Array.from({ length: TABS }, nextPlain));
  const deepest = [...kinds.values()].sort((left, right) => right.split('/').length - left.split('/').length)[0];
  verdict(`from the disk (${deepest})`, await fromDisk(browser, deepest));
  verdict('answer above the fold', await aboveTheFold(browser, base));
  // These measure time or use the browser alone: one after the other.
  verdict('largest contentful paint', await speed(browser, base));
  for (const name of MAIN_KINDS.filter((known) => kinds.has(known))) {
    verdict(`Lighthouse ${name} (${kinds.get(name)})`, await scores(DEBUGGING_PORT, base, kinds.get(name)));
  }
} finally {
  await browser.close();
  server.close();
}
finish();
