// One page in the browser: axe, sideways scroll, what it asks for, how it prints.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { folder, mount } from './site.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const FIRST_LOAD_BYTES = 50 * 1024;
const FIRST_LOAD_REQUESTS = 3;
// WCAG 2.2, 1.4.12.
const WIDE_SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
// The text area of a printed A4 page, in CSS pixels.
const PRINTED_WIDTH = 624;

const overflows = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;

// Elements whose content is cut off, rather than reflowed or scrolled.
function cut() {
  const isCut = (element) => {
    const style = getComputedStyle(element);
    return style.display !== 'inline' && element.clientWidth > 1 && ['hidden', 'clip', 'auto', 'scroll'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
  };
  return [...document.querySelectorAll('main *')].filter(isCut).map((element) => `printed text is cut: ${element.tagName} ${element.className}`);
}

export async function look(browser, base, page, scheme, width) {
  // axe is injected as a script, which the pages' own policy forbids.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true, locale: 'vi-VN' });
  const tab = await context.newPage();
  const problems = [];
  let bytes = 0;
  let requests = 0;
  tab.on('request', (request) => {
    if (request.url().startsWith('data:')) return;
    if (!request.url().startsWith(base)) problems.push(`request to ${request.url()}`);
    // An emblem is a site's own choice and comes on top.
    if (!request.url().includes('/tinh/emblem.')) requests += 1;
  });
  tab.on('response', async (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} for ${response.url()}`);
    bytes += Number(response.headers()['content-length'] ?? (await response.body().catch(() => '')).length);
  });
  await tab.goto(base + mount.slice(1) + page, { waitUntil: 'load' });
  if (requests > FIRST_LOAD_REQUESTS) problems.push(`${requests} requests`);
  if (bytes > FIRST_LOAD_BYTES) problems.push(`the first load has ${bytes} bytes`);
  if (await tab.evaluate(overflows)) problems.push('scrolls sideways');
  const found = await new AxeBuilder({ page: tab }).options({ runOnly: { type: 'tag', values: TAGS } }).analyze();
  problems.push(...found.violations.map((one) => `axe ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`));
  if (width === 320) problems.push(...(await narrow(tab)));
  else if (scheme === 'light') problems.push(...(await printed(tab)));
  await context.close();
  return problems;
}

async function narrow(tab) {
  const problems = [];
  // 1280 by 1024 pixels at 400 %.
  await tab.setViewportSize({ width: 320, height: 256 });
  if (await tab.evaluate(overflows)) problems.push('scrolls sideways at 400 % zoom');
  await tab.addStyleTag({ content: WIDE_SPACING });
  if (await tab.evaluate(overflows)) problems.push('scrolls sideways with wide spacing');
  return problems;
}

async function printed(tab) {
  await tab.emulateMedia({ media: 'print' });
  await tab.setViewportSize({ width: PRINTED_WIDTH, height: 900 });
  const problems = await tab.evaluate(cut);
  return (await tab.evaluate(overflows)) ? [...problems, 'wider than the printed page'] : problems;
}

// A page opened from the disk, as from a USB stick.
export async function fromDisk(browser, page) {
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
