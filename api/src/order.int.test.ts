import { connect } from 'node:net';
import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EventBody } from './http-client.test-fixture.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

const requests = 300;

describe.each(engines)('on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  test('requests sent one after another on one connection are decided in that order', async () => {
    const sectionId = await createSection(stack);
    // Nothing is waited for in between: all of them are on their way before the first answer.
    const asked = await pipelined(stack, sectionId, requests);
    expect(new Set(asked).size).toBe(requests);
    await vi.waitFor(async () => expect(await decided(stack, sectionId)).toHaveLength(requests));
    expect(await decided(stack, sectionId)).toEqual(asked);
  });
});

async function createSection(stack: TestStack): Promise<string> {
  const answer = await stack.http.post<EventBody>('/events', {
    name: 'In line',
    sections: [{ name: 'Stalls', price: 1, capacity: requests / 3 }],
  });
  return answer.body.sections[0]?.id ?? '';
}

/** Writes so many requests to one socket at once; the ids of their bookings as answered. */
async function pipelined(stack: TestStack, sectionId: string, count: number): Promise<string[]> {
  const { hostname, port } = new URL(stack.http.address);
  const body = JSON.stringify({ sectionId, quantity: 1 });
  const one = `POST /bookings HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const socket = connect(Number(port), hostname);
  try {
    socket.write(one.repeat(count));
    let text = '';
    for await (const chunk of socket) {
      text += chunk;
      const ids = [...text.matchAll(/"id":"([^"]+)"/g)].map((match) => match[1] as string);
      if (ids.length === count) return ids;
    }
    throw new Error(`the connection ended after ${text.length} bytes`);
  } finally {
    socket.destroy();
  }
}

/** The bookings of the section in the order of its ledger. */
async function decided(stack: TestStack, sectionId: string): Promise<string[]> {
  const rows = await stack.query<{ booking_id: string }>(
    'SELECT booking_id FROM ledger WHERE section_id = $1 ORDER BY sequence',
    [sectionId],
  );
  return rows.map((row) => row.booking_id);
}
