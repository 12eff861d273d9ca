// What a citizen on a cheap phone gets from a procedure's page: the answer at once, soon, without scrolling.
import { isProcedure, mount, pages } from './site.mjs';

const PHONE = { width: 320, height: 640 };
const LCP_MILLISECONDS = 2500;
const LINE = { offline: false, latency: 400, downloadThroughput: (400 * 1024) / 8, uploadThroughput: (400 * 1024) / 8 };
const RUNS = 3;
// Where a name alone fills half the screen, or a warning has to come first, what must be seen is how long, how much and which papers.
const MUST_BE_SEEN = 3;
const SHARE_SEEN_WHOLE = 0.8;

const ofAgencies = () => pages.filter((page) => isProcedure(page) && (page.startsWith('co-quan/') || !pages.some((one) => one.startsWith('co-quan/'))));

// The page that has most in it: several cases, several ways to hand in, its own hours and an address on line.
const archetype = () => ofAgencies().find((page) => page.includes('dang-ky-khai-sinh')) ?? ofAgencies()[0];

export async function aboveTheFold(browser, base) {
  const context = await browser.newContext({ viewport: PHONE });
  const tab = await context.newPage();
  const problems = [];
  let whole = 0;
  for (const page of ofAgencies()) {
    await tab.goto(base + mount.slice(1) + page);
    const seen = await tab.evaluate((height) => {
      const rows = [...document.querySelectorAll('.answer > div')].map((row) => row.getBoundingClientRect().bottom <= height);
      return { rows, hasBanner: document.querySelector('.banner') !== null, count: rows.length };
    }, PHONE.height);
    whole += Number(seen.rows.every(Boolean));
    if (seen.count < MUST_BE_SEEN) problems.push(`${page}: no answer`);
    if (!seen.hasBanner && !seen.rows.slice(0, MUST_BE_SEEN).every(Boolean)) problems.push(`${page}: the answer begins below the fold`);
    if (page === archetype() && !seen.rows.slice(0, 7).every(Boolean)) problems.push(`${page}: the answer is not all above the fold`);
  }
  await context.close();
  const share = whole / ofAgencies().length;
  console.log(`answer above the fold of ${PHONE.width}x${PHONE.height}: whole on ${whole} of ${ofAgencies().length} procedure pages`);
  if (share < SHARE_SEEN_WHOLE) problems.push(`only ${Math.round(share * 100)} % of the pages show the whole answer`);
  return problems;
}

async function largestPaint(browser, url) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', LINE);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await tab.goto(url, { waitUntil: 'load' });
  const last = await tab.evaluate(() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
  }));
  await context.close();
  return last;
}

// LCP at 400 kbps, 400 ms round trip, a processor six times slower; the median, for one run says little.
export async function speed(browser, base) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await largestPaint(browser, base + mount.slice(1) + archetype()));
  const median = times.sort((left, right) => left - right)[Math.floor(RUNS / 2)];
  console.log(`LCP of ${archetype()}: ${times.map(Math.round).join(', ')} ms`);
  return median > LCP_MILLISECONDS ? [`LCP ${Math.round(median)} ms, at most ${LCP_MILLISECONDS}`] : [];
}
