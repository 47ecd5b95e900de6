import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from '../booking-view.js';
import type { PageBody, UserBody } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

const unknownId = '018f0000-0000-7000-8000-000000000001';

describe.each(engines)('users, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  const create = (name: string, email: string) =>
    stack.http.post<UserBody>('/users', { name, email });

  test('a user is created once, and got by the same address in any case', async () => {
    const { status, headers, body } = await create('Ada', 'Ada@Example.org');
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/users/${body.id}`);
    expect(body).toMatchObject({ name: 'Ada', email: 'Ada@Example.org' });
    const again = await create('Somebody else', 'aDA@eXAMPLE.ORG');
    expect(again).toMatchObject({ status: 200, body });
    expect((await stack.http.get(`/users/${body.id}`)).body).toEqual(body);
  });

  test('of many who create one address at once, one does and all get that user', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => create(`n${n}`, n % 2 ? 'x@y.org' : 'X@Y.ORG')),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test('name and address are changed; an address of another user is refused', async () => {
    const { body: ada } = await create('Ada', 'ada.l@example.org');
    await create('Bob', 'bob@example.org');
    const changed = { name: 'Ada King', email: 'ADA.K@example.org' };
    const answer = await stack.http.patch<UserBody>(`/users/${ada.id}`, changed);
    expect(answer).toMatchObject({ status: 200, body: { ...ada, ...changed } });
    const taken = await stack.http.patch(`/users/${ada.id}`, { email: 'BOB@example.org' });
    expect(taken).toMatchObject({ status: 409, body: { type: '/problems/email-taken' } });
    expect((await stack.http.get(`/users/${ada.id}`)).body).toMatchObject(changed);
    expect(
      (await stack.http.patch(`/users/${ada.id}`, { email: 'ada.k@EXAMPLE.org' })).status,
    ).toBe(200);
  });

  test('a list has everybody once, newest first, while users are added', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await stack.http.createUser());
    const listed: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await stack.http.get<PageBody<UserBody>>(`/users?limit=2${query}`);
      listed.push(...body.data.map(({ id }) => id));
      cursor = body.nextCursor;
      await stack.http.createUser();
    }
    expect(listed.slice(0, 5)).toEqual(ids.reverse());
    expect(new Set(listed).size).toBe(listed.length);
  });

  test("a user's bookings are listed, in all events or in one", async () => {
    const userId = await stack.http.createUser();
    const sections = [await stack.http.createSection(5), await stack.http.createSection(5)];
    const booked: string[] = [];
    for (const { id: sectionId } of [...sections, ...sections]) {
      await stack.http.post('/bookings?wait=30', { sectionId, quantity: 1 });
      const body = { sectionId, quantity: 1, userId: userId.toUpperCase() };
      const answer = await stack.http.post<Booking>('/bookings?wait=30', body);
      expect(answer).toMatchObject({ status: 201, body: { userId } });
      booked.unshift(answer.body.id);
    }
    const ids = async (query: string) =>
      (await stack.http.all<Booking>(`/bookings?userId=${userId}${query}`)).map(({ id }) => id);
    expect(await ids('')).toEqual(booked.sort().reverse());
    const ofFirst = await ids(`&eventId=${sections[0]?.eventId}`);
    expect(ofFirst).toHaveLength(2);
    expect(await ids(`&sectionId=${sections[0]?.id}&status=confirmed`)).toEqual(ofFirst);
    expect(await ids('&status=cancelled')).toEqual([]);
  });

  test('a user whom nobody created is a 404, also in a booking', async () => {
    const { id: sectionId } = await stack.http.createSection(5);
    for (const answer of [
      await stack.http.get(`/users/${unknownId}`),
      await stack.http.patch(`/users/${unknownId}`, { name: 'x' }),
      await stack.http.post('/bookings', { sectionId, quantity: 1, userId: unknownId }),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { type: '/problems/unknown-user' } });
    }
  });
});
