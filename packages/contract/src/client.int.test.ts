import { type Availability, StileClient, type StileProblem, type WatchState } from '@stile/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stack, startStack } from './stack.test-fixture.js';

describe('the client', () => {
  let stack: Stack;
  let client: StileClient;
  beforeAll(async () => {
    stack = await startStack();
    client = new StileClient({ baseUrl: stack.address });
  });
  afterAll(() => stack.stop());

  const createEvent = async (capacity: number) => {
    const { data } = await client.http.POST('/events', {
      body: { name: 'A concert', sections: [{ name: 'Stalls', price: 2_500, capacity }] },
    });
    const [section] = data?.sections ?? [];
    if (data === undefined || section === undefined) throw new Error('no event was made');
    return { eventId: data.id, sectionId: section.id };
  };
  const remainingOf = async (eventId: string): Promise<number | undefined> => {
    const params = { path: { id: eventId } };
    return (await client.http.GET('/events/{id}', { params })).data?.sections[0]?.remaining;
  };

  test('books, and is told why not', async () => {
    const { sectionId } = await createEvent(3);
    expect(await client.book({ sectionId, quantity: 2 }, { wait: 20 })).toMatchObject({
      kind: 'booked',
      booking: { status: 'confirmed', price: 5_000 },
    });
    expect(await client.book({ sectionId, quantity: 2 }, { wait: 20 })).toMatchObject({
      kind: 'rejected',
      bookingId: expect.any(String),
      problem: { type: '/problems/sold-out', remaining: 1 },
    });
  });

  test('holds, confirms and cancels', async () => {
    const { eventId, sectionId } = await createEvent(3);
    const held = await client.book({ sectionId, quantity: 2, hold: true }, { wait: 20 });
    if (held.kind !== 'booked') throw new Error(held.kind);
    expect(held.booking.status).toBe('held');
    expect((await client.confirm(held.booking.id)).status).toBe('confirmed');
    await client.cancel(held.booking.id);
    await client.cancel(held.booking.id);
    expect(await remainingOf(eventId)).toBe(3);
    await expect(client.confirm(held.booking.id)).rejects.toMatchObject({
      name: 'StileProblem',
      status: 409,
      code: 'not-held',
    });
  });

  test('throws what can not be done as a problem that says what to do', async () => {
    const unknown = '01a1fa2a-7183-72bd-9111-9c74bc7aea6a';
    const thrown: StileProblem = await client.book({ sectionId: unknown, quantity: 1 }).then(
      () => Promise.reject(new Error('it was booked')),
      (error) => error,
    );
    expect(thrown).toMatchObject({ status: 404, code: 'unknown-section' });
    expect(thrown.message).toContain(unknown);
  });

  test('a request whose answer is lost is sent again and books once', async () => {
    const { eventId, sectionId } = await createEvent(10);
    let lost = 0;
    const unlucky = new StileClient({
      baseUrl: stack.address,
      fetch: async (request) => {
        const response = await fetch(request);
        if (lost++ === 0) throw new TypeError('the connection broke');
        return response;
      },
    });
    const outcome = await unlucky.book({ sectionId, quantity: 4 }, { wait: 20 });
    expect(outcome.kind).toBe('booked');
    expect(lost).toBe(2);
    expect(await remainingOf(eventId)).toBe(6);
  });

  test('a server that restarts is asked again', async () => {
    const { sectionId } = await createEvent(10);
    await stack.stopApi();
    const booking = client.book({ sectionId, quantity: 1 }, { wait: 20 });
    await stack.startApi();
    expect(await booking).toMatchObject({ kind: 'booked' });
  });

  test('a queued booking is asked for when the server says so', async () => {
    const { sectionId } = await createEvent(10);
    await stack.stopWorker();
    const asked: number[] = [];
    const polling = new StileClient({
      baseUrl: stack.address,
      fetch: (request) => {
        if (request.method === 'GET') asked.push(performance.now());
        return fetch(request);
      },
    });
    const queued = await polling.book({ sectionId, quantity: 1 });
    if (queued.kind !== 'queued') throw new Error(queued.kind);
    const places: (number | undefined)[] = [];
    const outcome = polling.waitForOutcome(queued.booking.id, {
      onQueued: ({ position }) => places.push(position),
    });
    await expect.poll(() => places).toEqual([0]);
    await stack.startWorker();
    expect((await outcome).status).toBe('confirmed');
    const [first = 0, second = 0] = asked;
    expect(second - first).toBeGreaterThan(900);
  });

  test('stops when it is told to', async () => {
    const { sectionId } = await createEvent(10);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(client.book({ sectionId, quantity: 1 }, { signal })).rejects.toThrow('enough');
  });

  test('watches an event over a restart of the server, until the event is gone', async () => {
    const { eventId, sectionId } = await createEvent(10);
    const told: Availability[] = [];
    const states: WatchState['kind'][] = [];
    const end = client.watch(eventId, {
      onAvailability: (availability) => told.push(availability),
      onState: ({ kind }) => states.push(kind),
    });
    const remaining = () => told.map((availability) => availability.remaining);
    await expect.poll(remaining).toEqual([10]);
    await client.book({ sectionId, quantity: 1 }, { wait: 20 });
    await expect.poll(remaining).toEqual([10, 9]);

    await stack.stopApi();
    await expect.poll(() => states).toEqual(['open', 'broken']);
    await stack.startApi();
    const outcome = await client.book({ sectionId, quantity: 2 }, { wait: 20 });
    await expect.poll(remaining, { timeout: 10_000 }).toEqual([10, 9, 7]);

    if (outcome.kind === 'booked') await client.cancel(outcome.booking.id);
    const params = { query: { limit: 100, eventId } };
    const { data } = await client.http.GET('/bookings', { params });
    for (const { id } of data?.data ?? []) await client.cancel(id);
    await client.http.DELETE('/events/{id}', { params: { path: { id: eventId } } });
    expect(await end).toBe('gone');
  });

  test('watches until it is told to stop, and nothing that never was', async () => {
    const { eventId } = await createEvent(10);
    const stopping = new AbortController();
    const onAvailability = () => stopping.abort();
    expect(await client.watch(eventId, { onAvailability, signal: stopping.signal })).toBe(
      'aborted',
    );
    const unknown = '01a1fa2a-7183-72bd-9111-9c74bc7aea6a';
    expect(await client.watch(unknown, { onAvailability })).toBe('gone');
    await expect(client.watch('7', { onAvailability })).rejects.toMatchObject({ status: 400 });
  });
});
