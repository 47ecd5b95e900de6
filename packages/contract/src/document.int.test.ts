import { fileURLToPath } from 'node:url';
import { lintFromString, loadConfig } from '@redocly/openapi-core';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stack, startStack } from './stack.test-fixture.js';

let stack: Stack;
let document: OpenAPI3;
beforeAll(async () => {
  stack = await startStack();
  document = (await (await fetch(`${stack.address}/openapi.json`)).json()) as OpenAPI3;
});
afterAll(() => stack.stop());

const generated = `/**
 * The types of Stile's HTTP API, made from its OpenAPI document by openapi-typescript. Do not edit:
 * \`npm run openapi\` makes it again.
 */
`;

test('the document in the repository is the one that the server has', async () => {
  const text = `${JSON.stringify(document, undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../openapi.json');
});

test('the types of the client are made from it', async () => {
  const types = astToString(await openapiTypescript(document, { defaultNonNullable: false }));
  await expect(generated + types).toMatchFileSnapshot('../../client/src/schema.ts');
});

test('a public linter finds nothing to say about it', async () => {
  const config = await loadConfig({
    configPath: fileURLToPath(new URL('../redocly.yaml', import.meta.url)),
  });
  const found = await lintFromString({ source: JSON.stringify(document), config });
  expect(
    found.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`),
  ).toEqual([]);
});
