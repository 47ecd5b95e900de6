import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchResult } from './bench-result.js';
import { chartsOf } from './charts.js';
import { pageOf } from './page.js';

/** Writes results.json, the charts in light and dark, and the page that shows them. */
export async function writeReport(folder: string, result: BenchResult): Promise<void> {
  await mkdir(folder, { recursive: true });
  const charts = chartsOf(result);
  for (const { name, light, dark } of charts) {
    await writeFile(join(folder, `${name}-light.svg`), light);
    await writeFile(join(folder, `${name}-dark.svg`), dark);
  }
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(result, undefined, 1)}\n`);
  await writeFile(join(folder, 'README.md'), pageOf(result, charts));
}
