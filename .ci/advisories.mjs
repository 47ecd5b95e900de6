// Fails when an advisory of high or critical severity is known for a package that Stile runs with.
// Where the registry has no advisories to ask for, it says so and lets the check pass: a machine
// without that service can't know.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
const report = parse(stdout);
const found = report?.metadata?.vulnerabilities;
if (found === undefined) {
  console.log('advisories: NOT CHECKED, the registry did not answer: run npm audit elsewhere');
  process.exit(0);
}
const grave = found.high + found.critical;
console.log(`advisories: ${found.total} known, ${grave} of them high or critical`);
if (grave > 0) console.log(stdout);
process.exit(grave > 0 ? 1 : 0);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
