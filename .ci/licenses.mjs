// Fails when a package that Stile runs with has a licence that is not on this list: permissive ones,
// and MPL-2.0, which concerns changes of its own files only. Reads package-lock.json alone.
import { readFileSync } from 'node:fs';

const allowed = new Set([
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'],
  ...['MPL-2.0', 'Unlicense', 'Zlib', '(MIT AND Zlib)'],
]);
// Their manifests name the licence in another form; MIT, read in the packages.
const readByHand = new Set(['buildcheck', 'cpu-features', 'ssh2']);

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url)));
const installed = Object.entries(packages).filter(
  ([path, { link, dev }]) => path.includes('node_modules/') && !link && !dev,
);
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const refused = installed.filter(
  ([path, { license }]) => !allowed.has(license) && !readByHand.has(nameOf(path)),
);
for (const [path, { license }] of refused)
  console.error(`${nameOf(path)}: ${license ?? 'no licence'}`);
console.log(`licences: ${installed.length} packages, ${refused.length} refused`);
process.exit(refused.length === 0 ? 0 : 1);
