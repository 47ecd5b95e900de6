import { auditDatabase } from '@stile/audit';
import type pg from 'pg';
import type { History, RequestHistory } from '../history.js';
import type { Span } from '../journal.js';
import { checkDecided } from './check-decided.js';
import { checkLives } from './check-lives.js';
import { checkOrder } from './check-order.js';
import { checkSeats } from './check-seats.js';
import { checkTold } from './check-told.js';
import { readSectionIds, readSectionTruth } from './section-truth.js';
import type { Violation } from './violation.js';

/** What a run came to, by the database. */
export interface Verdict {
  readonly violations: readonly Violation[];
  /** Requests to book that were decided. */
  readonly decided: number;
  /** Bookings whose clients got no answer and had no key to ask again with. */
  readonly strays: number;
}

/**
 * Compares what every client was told with bookings and ledger, section by section, and replays
 * the ledger. Call it when nothing is decided any more. Throws when the database can't be read.
 */
export async function checkRun(
  pool: pg.Pool,
  history: Pick<History, 'requests' | 'wrongAnswers'>,
  emptied: readonly Span[] = [],
): Promise<Verdict> {
  const requestsOf = new Map<string, RequestHistory[]>();
  for (const request of history.requests) {
    const requests = requestsOf.get(request.sectionId);
    if (requests === undefined) requestsOf.set(request.sectionId, [request]);
    else requests.push(request);
  }
  const violations: Violation[] = history.wrongAnswers.map(({ request, status, body }) => ({
    promise: 'every answer is one of the contract',
    detail: `${request} was answered with ${status} ${body}`,
  }));
  let decided = 0;
  let strays = 0;
  for (const sectionId of await readSectionIds(pool)) {
    const requests = requestsOf.get(sectionId) ?? [];
    const keys = requests.flatMap(({ key }) => key ?? []);
    const truth = await readSectionTruth(pool, sectionId, keys);
    const evidence = { truth, requests, emptied };
    violations.push(
      ...checkDecided(evidence),
      ...checkTold(evidence),
      ...checkOrder(evidence),
      ...checkSeats(evidence, Date.now()),
      ...checkLives(evidence),
    );
    decided += truth.ledger.filter(({ command }) => command === 'book').length;
    const known = new Set(truth.bookingOfKey.values());
    for (const { observations } of requests) known.add(observations[0]?.bookingId ?? '');
    for (const id of truth.bookings.keys()) if (!known.has(id)) strays++;
  }
  violations.push(...checkStrays(history.requests, strays), ...(await checkAudit(pool)));
  return { violations, decided, strays };
}

/** A booking that no client knows of can only be that of a client who got no answer. */
function checkStrays(requests: readonly RequestHistory[], strays: number): Violation[] {
  const unanswered = requests.reduce((sum, request) => sum + request.unanswered, 0);
  if (strays <= unanswered) return [];
  const detail = `${strays} bookings are nobody's; ${unanswered} requests got no answer`;
  return [{ promise: 'nothing is booked that nobody asked for', detail }];
}

async function checkAudit(pool: pg.Pool): Promise<Violation[]> {
  const report = await auditDatabase(pool);
  if (report.kind === 'clean') return [];
  const { sectionId, sequence, what, expected, found } = report.violation;
  const detail = `section ${sectionId}, sequence ${sequence}: ${what} is ${found}, not ${expected}`;
  return [{ promise: 'the ledger replays to the same end', detail }];
}
