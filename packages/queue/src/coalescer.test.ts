import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Coalescer, type CoalescerOptions } from './coalescer.js';

/** A send that the test ends, with or without an error. */
interface Departure {
  readonly requests: readonly number[];
  readonly arrive: () => void;
  readonly fail: (error: Error) => void;
}

/** A coalescer of numbers whose sends wait for the test; `nextSend` waits for the next of them. */
function coalesce(options: Partial<CoalescerOptions<number>> = {}) {
  const departures: Departure[] = [];
  const failed: { requests: readonly number[]; error: unknown }[] = [];
  let onSend: (() => void) | undefined;
  let seen = 0;
  const coalescer = new Coalescer<number>({
    send: (requests) =>
      new Promise((arrive, fail) => {
        departures.push({ requests, arrive, fail });
        onSend?.();
      }),
    onFailed: (requests, error) => failed.push({ requests, error }),
    batchSizeMax: 100,
    pendingMax: 1_000,
    lingerMs: () => 0,
    ...options,
  });
  const nextSend = async (): Promise<Departure> => {
    if (departures.length === seen) {
      await new Promise<void>((resolve) => {
        onSend = resolve;
      });
    }
    return departures[seen++] as Departure;
  };
  return { coalescer, departures, failed, nextSend };
}

/** One turn of the event loop, in which whatever could be sent would have been. */
const turn = () => new Promise(setImmediate);

describe('a coalescer', () => {
  test('sends a lone request at once, without waiting for company', async () => {
    const { coalescer, nextSend } = coalesce();
    coalescer.add(1);
    const send = await nextSend();
    expect(send.requests).toEqual([1]);
    send.arrive();
    await coalescer.drain();
  });

  test('gathers what arrives during a send, and has one send under way at a time', async () => {
    const { coalescer, departures, nextSend } = coalesce();
    coalescer.add(1);
    const first = await nextSend();
    for (const request of [2, 3, 4]) coalescer.add(request);
    await turn();
    expect(departures).toHaveLength(1);
    expect(coalescer.pending).toBe(3);
    first.arrive();
    const second = await nextSend();
    expect(second.requests).toEqual([2, 3, 4]);
    second.arrive();
    await coalescer.drain();
  });

  test('sends what one turn of the event loop brings together', async () => {
    const { coalescer, nextSend } = coalesce();
    for (const request of [1, 2, 3]) coalescer.add(request);
    const send = await nextSend();
    expect(send.requests).toEqual([1, 2, 3]);
    send.arrive();
    await coalescer.drain();
  });

  test('keeps the order, loses nothing and stays within the batch bound, however requests come', async () => {
    const rush = fc.record({
      bursts: fc.array(fc.nat(7), { minLength: 1, maxLength: 12 }),
      batchSizeMax: fc.integer({ min: 1, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(rush, async ({ bursts, batchSizeMax }) => {
        const { coalescer, departures, nextSend } = coalesce({ batchSizeMax });
        let added = 0;
        let sent = 0;
        for (const burst of bursts) {
          for (let i = 0; i < burst; i++) coalescer.add(added++);
          if (added === sent) continue;
          const send = await nextSend();
          sent += send.requests.length;
          send.arrive();
        }
        while (sent < added) {
          const send = await nextSend();
          sent += send.requests.length;
          send.arrive();
        }
        await coalescer.drain();
        expect(departures.flatMap(({ requests }) => requests)).toEqual([...Array(added).keys()]);
        for (const { requests } of departures) {
          expect(requests.length).toBeGreaterThan(0);
          expect(requests.length).toBeLessThanOrEqual(batchSizeMax);
        }
      }),
    );
  });

  test('refuses what is above the bound of waiting requests, and takes more when some have left', async () => {
    const { coalescer, nextSend } = coalesce({ pendingMax: 2 });
    expect([1, 2, 3].map((request) => coalescer.add(request))).toEqual([true, true, false]);
    const first = await nextSend();
    expect([4, 5, 6].map((request) => coalescer.add(request))).toEqual([true, true, false]);
    first.arrive();
    const second = await nextSend();
    expect([first.requests, second.requests]).toEqual([
      [1, 2],
      [4, 5],
    ]);
    second.arrive();
    await coalescer.drain();
  });

  test('fails the requests of a send that throws, and only those', async () => {
    const { coalescer, failed, nextSend } = coalesce({ batchSizeMax: 2 });
    for (const request of [1, 2, 3, 4, 5]) coalescer.add(request);
    (await nextSend()).arrive();
    const error = new Error('the queue is down');
    (await nextSend()).fail(error);
    (await nextSend()).arrive();
    await coalescer.drain();
    expect(failed).toEqual([{ requests: [3, 4], error }]);
  });

  test('drains at once when idle, else when the last request has been sent', async () => {
    const { coalescer, nextSend } = coalesce({ batchSizeMax: 1 });
    await coalescer.drain();
    coalescer.add(1);
    coalescer.add(2);
    let drained = false;
    const drain = coalescer.drain().then(() => {
      drained = true;
    });
    (await nextSend()).arrive();
    const last = await nextSend();
    await turn();
    expect(drained).toBe(false);
    last.arrive();
    await drain;
    expect(coalescer.pending).toBe(0);
  });

  test('sends a request however soon after the end of a send it comes', async () => {
    // Promise callbacks may run between the end of a send and the coalescer's coming to rest.
    for (let callbacks = 0; callbacks < 8; callbacks++) {
      const { coalescer, departures, nextSend } = coalesce();
      coalescer.add(1);
      const send = await nextSend();
      send.arrive();
      for (let i = 0; i < callbacks; i++) await undefined;
      coalescer.add(2);
      await turn();
      await turn();
      expect({ callbacks, sent: departures.length }).toEqual({ callbacks, sent: 2 });
      (await nextSend()).arrive();
      await coalescer.drain();
    }
  });

  test('lingers for as long as it is told, but never with a full batch', async () => {
    const asked: number[] = [];
    const { coalescer, nextSend } = coalesce({
      batchSizeMax: 2,
      lingerMs: () => {
        asked.push(coalescer.pending);
        return asked.length === 1 ? 60_000 : 1;
      },
    });
    for (const request of [1, 2, 3]) coalescer.add(request);
    // The first batch is full: it leaves although it may linger for a minute.
    (await nextSend()).arrive();
    (await nextSend()).arrive();
    await coalescer.drain();
    expect(asked).toEqual([3, 1]);
  });

  test.each([
    ['a batch that becomes full', (coalescer: Coalescer<number>) => coalescer.add(2)],
    ['the news that it waited for', (coalescer: Coalescer<number>) => coalescer.hurry()],
  ])('lingers no longer after %s', async (_, end) => {
    const { coalescer, departures, nextSend } = coalesce({
      batchSizeMax: 2,
      lingerMs: () => 60_000,
    });
    coalescer.add(1);
    for (let n = 0; n < 3; n++) await turn();
    expect(departures).toEqual([]);
    end(coalescer);
    (await nextSend()).arrive();
    await coalescer.drain();
    expect(coalescer.pending).toBe(0);
  });
});
