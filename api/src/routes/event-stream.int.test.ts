import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from '../booking-view.js';
import { openStream, type StreamReader } from '../event-stream.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

describe.each(engines)('the stream of an event, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine, { environment: { STREAMS_MAX: '3' } });
  });
  afterAll(() => stack.stop());

  const watch = (eventId: string, lastEventId?: string): Promise<StreamReader> =>
    openStream(stack.http.address, eventId, lastEventId);
  const book = async (sectionId: string, quantity: number, hold = false): Promise<string> =>
    (await stack.http.post<Booking>('/bookings?wait=30', { sectionId, quantity, hold })).body.id;

  test('tells every section first, and then every change', async () => {
    const { id, sections } = await stack.http.createEvent(10, 20);
    const [first = '', second = ''] = sections.map((section) => section.id);
    const stream = await watch(id);
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await stream.next()).toMatchObject({ sectionId: first, remaining: 10, version: 0 });
    expect(await stream.next()).toMatchObject({ sectionId: second, remaining: 20, version: 0 });
    expect(stream.retryMs()).toBeGreaterThanOrEqual(1_000);

    const booked = await book(second, 3);
    expect(await stream.next()).toMatchObject({ sectionId: second, remaining: 17, version: 1 });
    const held = await book(first, 4, true);
    expect(await stream.next()).toMatchObject({ sectionId: first, remaining: 6, version: 1 });
    await stack.http.post(`/bookings/${held}/confirm`, {});
    expect(await stream.next()).toMatchObject({ sectionId: first, remaining: 6, version: 2 });
    await stack.http.delete(`/bookings/${booked}`);
    expect(await stream.next()).toMatchObject({ sectionId: second, remaining: 20, version: 2 });
    await stack.http.patch(`/sections/${first}`, { capacity: 30 });
    expect(await stream.next()).toMatchObject({ sectionId: first, remaining: 26, version: 3 });
    stream.close();
  });

  test('every api process tells the same', async () => {
    const { id, sections } = await stack.http.createEvent(10);
    const another = await stack.startAnotherApi();
    const streams = [await watch(id), await openStream(another.address, id)];
    for (const stream of streams) expect(await stream.next()).toMatchObject({ remaining: 10 });
    await book(sections[0]?.id ?? '', 1);
    for (const stream of streams) expect(await stream.next()).toMatchObject({ remaining: 9 });
    for (const stream of streams) stream.close();
    await another.stop();
  });

  test('who comes back is told what was missed, and nothing when nothing was', async () => {
    const { id, sections } = await stack.http.createEvent(10, 20);
    const [first = '', second = ''] = sections.map((section) => section.id);
    await book(first, 1);
    const stream = await watch(id);
    const before = await stream.until((told) => told.id !== undefined);
    expect(before).toHaveLength(2);
    const lastId = before[1]?.id;
    stream.close();

    const resumed = await watch(id, lastId);
    await book(second, 5);
    expect(await resumed.next()).toMatchObject({ sectionId: second, remaining: 15, version: 1 });
    resumed.close();

    const late = await watch(id, lastId);
    expect(await late.next()).toMatchObject({ sectionId: first, remaining: 9 });
    expect(await late.next()).toMatchObject({ sectionId: second, remaining: 15 });
    late.close();
  });

  test('an id that is none of its own gets everything', async () => {
    const { id } = await stack.http.createEvent(10);
    for (const strange of ['99', 'x', '-1', '9'.repeat(400)]) {
      const stream = await watch(id, strange);
      expect(await stream.next()).toMatchObject({ remaining: 10, version: 0 });
      stream.close();
    }
  });

  test('a section is told of ten times a second at most, and its last word is the truth', async () => {
    const { id, sections } = await stack.http.createEvent(300);
    const sectionId = sections[0]?.id ?? '';
    const stream = await watch(id);
    await stream.next();
    const selling = Promise.all(
      Array.from({ length: 6 }, async () => {
        for (let n = 0; n < 25; n++) await book(sectionId, 2);
      }),
    );
    const told = await stream.until(({ remaining }) => remaining === 0);
    await selling;
    const tookMs = (told.at(-1)?.atMs ?? 0) - (told[0]?.atMs ?? 0);
    expect(told.length).toBeLessThanOrEqual(tookMs / 100 + 2);
    const versions = told.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(told.at(-1)?.version).toBe(150);
    stream.close();
  });

  test('an event that is deleted ends its streams, and has none after', async () => {
    const { id } = await stack.http.createEvent(10);
    const stream = await watch(id);
    await stream.next();
    expect((await stack.http.delete(`/events/${id}`)).status).toBe(204);
    // Deleting closes its sections first, which is a change of each.
    await expect(stream.until(() => false)).rejects.toThrow('the stream ended');
    await expect(watch(id)).rejects.toThrow('/problems/unknown-event');
  });

  test('an unknown event is a 404, a bad id a 400, and HEAD gets the head', async () => {
    const unknown = '018f0000-0000-7000-8000-000000000001';
    expect(await stack.http.get(`/events/${unknown}/stream`)).toMatchObject({
      status: 404,
      body: { type: '/problems/unknown-event' },
    });
    expect((await stack.http.get('/events/7/stream')).status).toBe(400);
    const { id } = await stack.http.createEvent(10);
    const head = await stack.http.send(`/events/${id.toUpperCase()}/stream`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toMatch(/^text\/event-stream/);
  });

  test('more streams than allowed are a 503, until one is closed', async () => {
    const { id } = await stack.http.createEvent(10);
    const streams = [await watch(id), await watch(id), await watch(id)];
    const refused = await stack.http.get(`/events/${id}/stream`);
    expect(refused).toMatchObject({ status: 503, body: { type: '/problems/overloaded' } });
    expect(refused.headers.get('retry-after')).toBe('5');
    streams.pop()?.close();
    await expect
      .poll(async () => {
        const opened = await watch(id).catch(() => undefined);
        return opened !== undefined && streams.push(opened) === 3;
      })
      .toBe(true);
    for (const stream of streams) stream.close();
  });

  test('a process that is to stop ends its streams at once, and its clients go on elsewhere', async () => {
    const { id, sections } = await stack.http.createEvent(10);
    const another = await stack.startAnotherApi();
    const stream = await openStream(another.address, id);
    const lastId = (await stream.next())?.id;
    const drained = another.drain(10_000);
    expect(await stream.next()).toBeUndefined();
    await another.stop();
    await drained;
    await book(sections[0]?.id ?? '', 1);
    const resumed = await watch(id, lastId);
    expect(await resumed.next()).toMatchObject({ remaining: 9 });
    resumed.close();
  });
});
