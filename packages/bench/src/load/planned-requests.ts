import { randomUUID } from 'node:crypto';
import type { RequestPlan } from './load-spec.js';
import { seededRandom, zipfDraw } from './zipf.js';

export interface PlannedRequest {
  readonly kind: 'book' | 'read';
  readonly method: 'POST' | 'GET';
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const seed = 20_261_120;
const jsonHeaders = { 'content-type': 'application/json' };

/** Makes the requests of a plan one after the other. `lastBooking` is the address to read. */
export function plannedRequests(
  plan: RequestPlan,
  lastBooking: () => string | undefined,
): () => PlannedRequest {
  const nextBooking = plannedBookings(plan);
  const { readsPerBooking = 0, eventPath } = plan;
  let turn = 0;
  return () => {
    const place = turn++ % (readsPerBooking + 1);
    if (place === 0) return nextBooking();
    const path = place % 2 === 0 ? lastBooking() : eventPath;
    return { kind: 'read', method: 'GET', path: path ?? eventPath ?? '/' };
  };
}

function plannedBookings(plan: RequestPlan): () => PlannedRequest {
  const { sectionIds, seatLabels, withKeys, body } = plan;
  const random = seededRandom(seed);
  const drawSection =
    plan.spread === 'zipf'
      ? zipfDraw(sectionIds.length, random)
      : () => Math.floor(random() * sectionIds.length);
  const bodies = sectionIds.map((sectionId) => JSON.stringify({ sectionId, ...body }));
  const common = { kind: 'book', method: 'POST', path: plan.bookPath } as const;
  return () => {
    const text = bodies[drawSection()] ?? '';
    const label = seatLabels?.[Math.floor(random() * seatLabels.length)];
    return {
      ...common,
      headers: withKeys ? { ...jsonHeaders, 'idempotency-key': randomUUID() } : jsonHeaders,
      body: label === undefined ? text : `${text.slice(0, -1)},"seats":["${label}"]}`,
    };
  };
}
