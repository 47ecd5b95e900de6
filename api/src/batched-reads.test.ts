import { expect, test } from 'vitest';
import { batchedReads } from './batched-reads.js';

/** A table whose queries are answered by hand. */
function table() {
  const queries: { ids: readonly string[]; answer: (rows: { id: string }[]) => void }[] = [];
  const read = batchedReads<{ id: string }>(
    (ids) => new Promise((answer) => queries.push({ ids, answer })),
  );
  return { queries, read };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('whoever asks while a query runs is answered by the next, which asks for each id once', async () => {
  const { queries, read } = table();
  const first = read('a');
  await turn();
  const later = [read('a'), read('b'), read('A'), read('c')];
  await turn();
  expect(queries.map(({ ids }) => ids)).toEqual([['a']]);

  queries[0]?.answer([{ id: 'a' }]);
  expect(await first).toEqual({ id: 'a' });
  await turn();
  expect(queries.slice(1).map(({ ids }) => ids)).toEqual([['a', 'b', 'c']]);
  queries[1]?.answer([{ id: 'c' }, { id: 'a' }]);
  expect(await Promise.all(later)).toEqual([{ id: 'a' }, undefined, { id: 'a' }, { id: 'c' }]);
});

test('a query that fails is told to those who asked with it, and to nobody after', async () => {
  let queries = 0;
  const read = batchedReads<{ id: string }>(async ([id]) => {
    if (++queries === 1) throw new Error('the server is down');
    return [{ id: id as string }];
  });
  const failed = await Promise.allSettled([read('a'), read('b')]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await read('a')).toEqual({ id: 'a' });
});
