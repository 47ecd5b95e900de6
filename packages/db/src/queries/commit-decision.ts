import type { Section } from '@stile/core';
import type pg from 'pg';
import { arrayLiteral } from '../array-literal.js';
import { asOneStatement } from '../one-statement.js';
import { inOneWrite } from '../one-write.js';
import { type DecisionWrites, decisionWrites } from './decision-writes.js';

/**
 * Writes what a batch came to and commits it, in one round trip. Throws when a query fails, and
 * then nothing is stored; only a connection lost during COMMIT leaves that open, and deciding the
 * same jobs again settles it.
 */
export async function commitDecision(client: pg.Client, decision: DecisionWrites): Promise<void> {
  const writes = decisionWrites(decision);
  // A COMMIT of a failed transaction is answered ROLLBACK without an error; the query that failed
  // is what throws here.
  await inOneWrite(client, () =>
    Promise.all([...writes.map((write) => client.query(write)), client.query('COMMIT')]),
  );
}

/** A batch of requests to book that was decided from what its lane's owner remembers. */
export interface RememberedDecision extends Omit<DecisionWrites, 'storedBefore'> {
  readonly lane: number;
  /** The owner's epoch. */
  readonly epoch: number;
  /** The sections of the batch as they were remembered. */
  readonly sections: readonly Section[];
  readonly decidedAtUs: number;
  /** Given to no other batch on this connection; null when none is to follow this one at once. */
  readonly number: number | null;
  /** The batch before, when this one is sent before that one was answered. */
  readonly follows: number | null;
}

const resume = {
  name: 'stile-resume-sections',
  text: 'SELECT resume_sections($1, $2, $3, $4, $5, $6, $7, $8) AS now_us',
};

/** SQLSTATE of `resume_sections`: what is remembered is not what is stored. */
const stale = 'STALE';

/**
 * Whether a batch failed because a booking of it is stored: decided by an earlier attempt, or
 * cancelled in the queue.
 */
export const isStoredAlready = (error: unknown): boolean =>
  (error as { constraint?: unknown }).constraint === 'bookings_pkey';

/**
 * Stores what was decided from memory, in a single statement, sent before this returns. Resolves to
 * the database's time in microseconds since 1970; to undefined, with nothing stored, when the memory
 * or the owner is not the latest, the batch that it follows was not stored, or a booking is stored
 * already. Else rejects as `commitDecision` does.
 */
export async function commitRemembered(
  client: pg.Client,
  decision: RememberedDecision,
): Promise<number | undefined> {
  const { lane, epoch, sections, decidedAtUs, number, follows } = decision;
  const values = [
    ...[lane, epoch],
    arrayLiteral(sections.map((section) => section.id)),
    arrayLiteral(sections.map((section) => section.sequence)),
    arrayLiteral(sections.map((section) => section.version)),
    ...[decidedAtUs, number, follows],
  ];
  const writes = decisionWrites({ ...decision, storedBefore: new Map() });
  const statement = asOneStatement([{ ...resume, values }, ...writes]);
  try {
    const resumed = await client.query<{ now_us: string }>(statement);
    return Number(resumed.rows[0]?.now_us);
  } catch (error) {
    if ((error as { code?: unknown }).code === stale || isStoredAlready(error)) return undefined;
    throw error;
  }
}
