// What a script expects, what it found instead, and the last line that says so.
let checks = 0;
let failures = 0;
const LONGEST_TOLD = 600;

// Counts a check; a pattern is looked for in what was found, anything else must be the very same.
export function expect(what, found, wanted) {
  checks += 1;
  const ok = wanted instanceof RegExp ? wanted.test(String(found)) : found === wanted;
  if (!ok) fail(`${what}: ${String(found).slice(0, LONGEST_TOLD)}, not ${wanted}`);
}

// Something went wrong that nobody looked for.
export function fail(what) {
  failures += 1;
  console.log(`✗ ${what}`);
}

// The last line, `123 checks of servers, 0 failed`, and the exit code.
export function finish(ofWhat) {
  console.log(`${checks} checks of ${ofWhat}, ${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
}
