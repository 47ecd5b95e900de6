import { type Engine, engines } from '@stile/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack, type TestStack } from '../stack.test-fixture.js';

const webhooksMax = 100;
const tooMany = 20;

let stack: TestStack;
beforeAll(async () => {
  const environment = { WEBHOOK_ALLOW_PRIVATE: 'true' };
  stack = await startStack(engines[0] as Engine, { environment });
});
afterAll(() => stack.stop());

test('however many webhooks are registered at once, there are a hundred at most', async () => {
  const { http } = stack;
  const answers = await Promise.all(
    Array.from({ length: webhooksMax + tooMany }, () =>
      http.post<{ id: string; type: string }>('/webhooks', { url: 'http://127.0.0.1:9/hook' }),
    ),
  );
  const made = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(made).toHaveLength(webhooksMax);
  for (const { status, body } of refused) {
    expect([status, body.type]).toEqual([409, '/problems/too-many-webhooks']);
  }
  await http.delete(`/webhooks/${made[0]?.body.id}`);
  expect((await http.post('/webhooks', { url: 'http://127.0.0.1:9/hook' })).status).toBe(201);
});
