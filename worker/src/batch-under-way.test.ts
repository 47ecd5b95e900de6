import { expect, test } from 'vitest';
import { BatchUnderWay } from './batch-under-way.js';

/** A batch whose decision the test ends. */
function open() {
  let end: (error?: Error) => void = () => undefined;
  const batch = new BatchUnderWay(
    () =>
      new Promise((resolve, reject) => {
        end = (error) => (error === undefined ? resolve() : reject(error));
      }),
  );
  return { batch, end };
}

test('a batch can be followed once it is sent, and not while it is decided again', async () => {
  const { batch, end } = open();
  expect([batch.isSent, batch.canBeFollowed]).toEqual([false, false]);
  batch.sent();
  await batch.left;
  expect([batch.isSent, batch.canBeFollowed]).toEqual([true, true]);
  batch.refused();
  expect([batch.isSent, batch.canBeFollowed]).toEqual([false, false]);
  end();
  await batch.decided;
  expect([batch.isSent, batch.canBeFollowed]).toEqual([false, true]);
});

test('a batch that is never sent leaves when it is decided', async () => {
  const { batch, end } = open();
  end();
  await batch.left;
  expect(batch.canBeFollowed).toBe(true);
});

test('a batch that failed can not be followed', async () => {
  const { batch, end } = open();
  batch.sent();
  end(new Error('the connection is lost'));
  await expect(batch.decided).rejects.toThrow('the connection is lost');
  expect(batch.canBeFollowed).toBe(false);
});
