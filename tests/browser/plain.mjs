// One page without JavaScript and without a mouse: the same text, a way through with the Tab key alone, and as PDF.
import { mount } from './site.mjs';

const SMALLEST_PDF_BYTES = 2_000;

const address = (base, page) => base + mount.slice(1) + page;

// The words of a page, without the box that only JavaScript shows.
function words() {
  document.querySelectorAll('form.find').forEach((box) => box.remove());
  return document.body.innerText.replace(/\s+/g, ' ').trim();
}

// Where the focus is, and what is wrong with it: it must be seen, and must be a thing that can be used.
function focus() {
  const element = document.activeElement;
  if (!element || element === document.body) return { isOver: true, problems: [] };
  const name = `${element.tagName} “${(element.innerText || element.getAttribute('aria-label') || '').slice(0, 40)}”`;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const problems = [];
  if (box.width === 0 || box.height === 0) problems.push(`the focus is on nothing that can be seen: ${name}`);
  if (style.outlineStyle === 'none' && style.boxShadow === 'none') problems.push(`the focus is not marked: ${name}`);
  return { isOver: false, problems };
}

// What is shown and can be reached; a phone shows fewer links of the navigation.
const focusable = () => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter((element) => element.getClientRects().length > 0).length;

export async function plain(browser, base, page) {
  const problems = [];
  const text = {};
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 640 }, locale: 'vi-VN' });
    const tab = await context.newPage();
    await tab.goto(address(base, page), { waitUntil: 'load' });
    if (!javaScriptEnabled) problems.push(...(await walk(tab)));
    text[javaScriptEnabled] = await tab.evaluate(words);
    await context.close();
  }
  if (text.true !== text.false) problems.push(`reads otherwise without JavaScript: ${text.false.length} and ${text.true.length} characters`);
  if (text.false.length === 0) problems.push('there is nothing to read');
  return problems;
}

async function walk(tab) {
  const steps = await tab.evaluate(focusable);
  await tab.keyboard.press('Tab');
  if (!(await tab.evaluate(() => document.activeElement?.classList.contains('skip')))) return ['the first thing to reach is not the way past the navigation'];
  for (let step = 0; step <= steps; step += 1) {
    const { isOver, problems } = await tab.evaluate(focus);
    if (problems.length > 0) return problems;
    if (isOver) return step < steps ? [`only ${step} of ${steps} things can be reached`] : [];
    await tab.keyboard.press('Tab');
  }
  return [];
}

export async function asPdf(browser, base, page) {
  const tab = await browser.newPage();
  await tab.goto(address(base, page), { waitUntil: 'load' });
  const pdf = await tab.pdf({ preferCSSPageSize: true, tagged: true });
  await tab.close();
  const said = pdf.toString('latin1');
  const problems = [];
  if (!said.startsWith('%PDF-') || pdf.length < SMALLEST_PDF_BYTES) problems.push(`${pdf.length} bytes are no printed page`);
  if (!said.includes('/StructTreeRoot')) problems.push('the PDF is not tagged');
  if (!/\/Lang\s*\(vi/.test(said)) problems.push('the PDF does not say that it is Vietnamese');
  return problems;
}
