// What passed, what failed, and the last line that says so.
let passed = 0;
let failed = 0;

export function verdict(name, problems) {
  if (problems.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAIL ${name}`);
  for (const problem of problems.slice(0, 20)) console.log(`     ${problem}`);
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
