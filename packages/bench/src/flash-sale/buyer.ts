import type { HttpAnswer } from './connection.js';

/** What a client is told about its booking in the end. */
export type ToldStatus = 'confirmed' | 'rejected';

/**
 * Where an answer leaves a buyer. A buyer asks for seats until it is not told to come back later,
 * then, if its request was queued, asks for its booking until that is decided:
 *
 *     asking ──overloaded──▶ asking         queued ──queued, overloaded──▶ queued
 *     asking ──queued──▶ queued             asking, queued ──decided, failed──▶ done
 */
export type Step =
  | { readonly kind: 'decided'; readonly bookingId: string; readonly status: ToldStatus }
  | { readonly kind: 'queued'; readonly bookingId: string; readonly afterMs: number }
  | { readonly kind: 'overloaded'; readonly afterMs: number; readonly fault: string }
  | { readonly kind: 'failed'; readonly fault: string };

/** What a server that asks for no time, or for a strange one, gets. */
const pauseMs = { min: 100, default: 1_000, max: 10_000 };

/** After POST /bookings. */
export function stepAfterBooking({ status, retryAfterMs, body }: HttpAnswer): Step {
  if (status === 201) return stepFromBooking(body, retryAfterMs);
  if (status === 202) return stepFromBooking(body, retryAfterMs);
  if (status === 409) {
    const { type, bookingId } = (body ?? {}) as { type?: unknown; bookingId?: unknown };
    return type === '/problems/sold-out' && typeof bookingId === 'string'
      ? { kind: 'decided', bookingId, status: 'rejected' }
      : { kind: 'failed', fault: `409 ${String(type)}` };
  }
  return stepFromProblem(status, retryAfterMs, body);
}

/** After GET /bookings/:id. */
export function stepAfterReading({ status, retryAfterMs, body }: HttpAnswer): Step {
  return status === 200
    ? stepFromBooking(body, retryAfterMs)
    : stepFromProblem(status, retryAfterMs, body);
}

function stepFromBooking(body: unknown, retryAfterMs: number | undefined): Step {
  const { id, status } = (body ?? {}) as { id?: unknown; status?: unknown };
  if (typeof id !== 'string') return { kind: 'failed', fault: 'an answer that is no booking' };
  if (status === 'queued') return { kind: 'queued', bookingId: id, afterMs: pause(retryAfterMs) };
  if (status === 'confirmed' || status === 'rejected') {
    return { kind: 'decided', bookingId: id, status };
  }
  return { kind: 'failed', fault: `a booking that is ${String(status)}` };
}

/** 503 says that nothing was booked and when to come back; any other problem is final. */
function stepFromProblem(status: number, retryAfterMs: number | undefined, body: unknown): Step {
  const { type = '' } = (body ?? {}) as { type?: unknown };
  const fault = `${status} ${String(type)}`.trim();
  return status === 503
    ? { kind: 'overloaded', afterMs: pause(retryAfterMs), fault }
    : { kind: 'failed', fault };
}

const pause = (retryAfterMs = pauseMs.default): number =>
  Math.min(Math.max(retryAfterMs, pauseMs.min), pauseMs.max);
