import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, type TestStack } from '../stack.test-fixture.js';

describe.each(engines)('health, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine, { withWorker: false });
  });
  afterAll(() => stack.stop());

  const ready = () => stack.http.get<object>('/health/ready');

  test('the process lives, whether or not bookings can be decided', async () => {
    const { status, body } = await stack.http.get<object>('/health/live');
    expect({ status, body }).toEqual({ status: 200, body: { status: 'live' } });
  });

  test('lanes that no worker owns make the service not ready, and are named', async () => {
    const { status, headers, body } = await ready();
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('1');
    expect(body).toEqual({
      status: 'not ready',
      database: 'up',
      queue: 'up',
      outcomes: 'up',
      lanesWithoutOwner: [0, 1],
    });
  });

  test('a worker makes it ready, and not when it is gone again', async () => {
    await stack.startWorker();
    const { status, body } = await ready();
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ready', lanesWithoutOwner: [] });
    await stack.stopWorker();
    expect(await ready()).toMatchObject({ status: 503, body: { lanesWithoutOwner: [0, 1] } });
  });
});
