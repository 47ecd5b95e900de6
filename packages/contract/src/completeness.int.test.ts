import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stack, startStack } from './stack.test-fixture.js';

interface MediaType {
  readonly schema?: { readonly examples?: readonly unknown[] };
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, unknown>>;
}
interface Body {
  readonly description?: string;
  readonly content?: Readonly<Record<string, MediaType>>;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}
interface Document {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Pages and their parts: for browsers, not for programs. */
const pages = /^\/(docs|queues|assets)\b|^\/(ops|icon\.svg|openapi\.json)?$/;

let stack: Stack;
let document: Document;
let operations: (Operation & { readonly name: string })[];
beforeAll(async () => {
  stack = await startStack();
  document = (await (await fetch(`${stack.address}/openapi.json`)).json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
    })),
  );
});
afterAll(() => stack.stop());

/** The operations of which this is not so; there should be none. */
const without = (has: (operation: Operation) => unknown): string[] =>
  operations.filter((operation) => !has(operation)).map(({ name }) => name);
const answers = (operation: Operation, statuses: RegExp): Body[] =>
  Object.entries(operation.responses).flatMap(([status, body]) =>
    statuses.test(status) ? body : [],
  );
const hasExample = ({ example, examples, schema }: MediaType): boolean =>
  example !== undefined || Object.keys(examples ?? schema?.examples ?? {}).length > 0;
const allHaveExamples = ({ content = {} }: Body): boolean =>
  Object.values(content).every(hasExample);

test('every route is in the document', () => {
  const documented = new Set(operations.map(({ name }) => name));
  const missing = stack.routes
    .filter(({ method, url }) => method !== 'HEAD' && !pages.test(url))
    .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
    .filter((name) => !documented.has(name));
  expect(missing).toEqual([]);
});

test('every route says what it is for, in a word, a line and a name', () => {
  const tags = new Set(document.tags.map(({ name }) => name));
  expect(without(({ summary }) => summary)).toEqual([]);
  expect(without(({ tags: [tag = ''] = [] }) => tags.has(tag))).toEqual([]);
  const names = operations.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
});

test('every parameter is described', () => {
  const undescribed = operations.flatMap(({ name, parameters = [] }) =>
    parameters.filter(({ description = '' }) => description === '').map((p) => `${name} ${p.name}`),
  );
  expect(undescribed).toEqual([]);
});

test('every body that is sent has an example, and so has every success', () => {
  expect(without(({ requestBody = {} }) => allHaveExamples(requestBody))).toEqual([]);
  expect(without((operation) => answers(operation, /^2/).length > 0)).toEqual([]);
  expect(without((operation) => answers(operation, /^2/).every(allHaveExamples))).toEqual([]);
});

test('every problem is a problem+json and shows which it may be', () => {
  const wrong = operations.flatMap((operation) =>
    Object.entries(operation.responses)
      .filter(([status]) => /^[45]/.test(status))
      .filter(([, { content = {} }]) => {
        const problem = content['application/problem+json'] ?? content['application/json'];
        return problem === undefined || !hasExample(problem);
      })
      .map(([status]) => `${operation.name} ${status}`),
  );
  expect(wrong).toEqual([]);
});
