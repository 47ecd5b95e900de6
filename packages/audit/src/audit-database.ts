import pg from 'pg';
import type { Scope } from './fetch-pages.js';
import { findMisplacedSeat, findUnrecordedBooking } from './find-strays.js';
import { readLedger } from './read-ledger.js';
import { readSections, readSize } from './read-sections.js';
import { SectionReplay } from './replay-section.js';
import { noTotals, type Totals } from './totals.js';
import type { Violation } from './violation.js';

/** Which sections to audit: of one event, one alone, or all of them. */
export type AuditOptions = Scope;

/** How far the audit is. */
export interface AuditProgress {
  readonly decisions: number;
  /** Decisions there should be, by what the sections say. */
  readonly decisionsTotal: number;
}

/** What the audit came to; of a broken history, the totals up to the violation. */
export type AuditReport = Readonly<Totals> & { readonly sections: number } & (
    | { readonly kind: 'clean' }
    | { readonly kind: 'broken'; readonly violation: Violation }
  );

/**
 * Replays the ledger through `decide` and compares every stored fact with what that gives, up to
 * the first that differs: sequences without a gap, verdicts, seats, counters, terms, bookings, and
 * that each api process was served in its order. Then looks for bookings that the ledger doesn't
 * know, and for seats that are not those of the live bookings.
 *
 * Reads one snapshot in a read-only transaction, so a running system audits cleanly. Its memory
 * grows with the live bookings of the largest section, not with the ledger. Throws when the
 * database can't be read.
 */
export async function auditDatabase(
  database: pg.Pool | string,
  options: AuditOptions = {},
  onProgress: (progress: AuditProgress) => void = () => undefined,
): Promise<AuditReport> {
  return withConnection(database, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    try {
      // Every row will be fetched: without this PostgreSQL plans for the first tenth of them.
      await client.query('SET LOCAL cursor_tuple_fraction = 1');
      return await auditSnapshot(client, options, onProgress);
    } finally {
      await client.query('ROLLBACK').catch(() => undefined);
    }
  });
}

async function auditSnapshot(
  client: pg.ClientBase,
  scope: Scope,
  onProgress: (progress: AuditProgress) => void,
): Promise<AuditReport> {
  const { sections, decisions: decisionsTotal } = await readSize(client, scope);
  const totals = noTotals();
  const report = () => onProgress({ decisions: totals.decisions, decisionsTotal });
  const violation =
    (await replayLedger(client, scope, totals, report)) ??
    (await findUnrecordedBooking(client, scope)) ??
    (await findMisplacedSeat(client, scope));
  return violation === undefined
    ? { kind: 'clean', sections, ...totals }
    : { kind: 'broken', violation, sections, ...totals };
}

/** Sections and ledger come in the order of section ids, so they are merged as they are read. */
async function replayLedger(
  client: pg.ClientBase,
  scope: Scope,
  totals: Totals,
  onPage: () => void,
): Promise<Violation | undefined> {
  const sections = readSections(client, scope);
  let sectionId: string | undefined;
  let replay: SectionReplay | undefined;
  const nextSection = async (): Promise<boolean> => {
    const { value: section } = await sections.next();
    sectionId = section?.id;
    replay = section && new SectionReplay(section, totals);
    return section !== undefined;
  };

  for await (const page of readLedger(client, scope)) {
    for (const row of page) {
      while (row.sectionId !== sectionId) {
        const broken = replay?.end();
        if (broken !== undefined) return broken;
        if (!(await nextSection())) throw new Error(`no section ${row.sectionId} in the database`);
      }
      const broken = replay?.next(row);
      if (broken !== undefined) return broken;
    }
    onPage();
  }
  do {
    const broken = replay?.end();
    if (broken !== undefined) return broken;
  } while (await nextSection());
  return undefined;
}

async function withConnection<Result>(
  database: pg.Pool | string,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  if (typeof database !== 'string') {
    const client = await database.connect();
    return work(client).finally(() => client.release());
  }
  const client = new pg.Client({ connectionString: database, application_name: 'stile-audit' });
  // A lost connection fails the query under way; without a listener it would end the process too.
  client.on('error', () => undefined);
  await client.connect();
  return work(client).finally(() => client.end());
}
