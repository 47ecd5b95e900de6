import { readFileSync } from 'node:fs';
import { ApiEnvironment } from '@stile/api';
import { WorkerEnvironment } from '@stile/worker';
import { expect, test } from 'vitest';
import { Environment as LocalEnvironment } from './config.js';

const operations = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');

/** The rows of the table of settings: the default by the name, as it is written there. */
const documented = new Map(
  [...operations.matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \|/gm)].map(
    ([, name, value]) => [name, value] as const,
  ),
);

const schemas = { api: ApiEnvironment, worker: WorkerEnvironment };
const settings = Object.entries(schemas).flatMap(([process, { properties }]) =>
  Object.entries(properties).map(([name, schema]) => ({
    ...{ process, name },
    default: (schema as { default?: unknown }).default,
  })),
);

test.each(settings)('$name of the $process is documented with its default', (setting) => {
  const written = documented.get(setting.name)?.replaceAll('`', '');
  expect(written).toMatch(setting.default === undefined ? /^none/ : /./);
  if (setting.default !== undefined) expect(written?.split(';')[0]).toBe(String(setting.default));
});

test('what npm start reads is documented, and nothing that nobody reads', () => {
  const local = Object.keys(LocalEnvironment.properties);
  const read = new Set([...settings.map(({ name }) => name), ...local]);
  expect([...documented.keys()].filter((name) => !read.has(name as string))).toEqual([]);
  expect(local.filter((name) => !documented.has(name))).toEqual([]);
});
