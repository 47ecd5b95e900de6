import type pg from 'pg';

/** Which sections to look at; all of them when neither is given. */
export interface Scope {
  readonly sectionId?: string;
  readonly eventId?: string;
}

/** $1 and $2 of every query of the audit. */
export const scopeParameters = ({ sectionId, eventId }: Scope): (string | null)[] => [
  sectionId ?? null,
  eventId ?? null,
];

// NULL stands for "any section" or "any event". Such a statement is planned with its values, so
// PostgreSQL drops the half that is NULL.
/** A condition on the id of a section and that of its event. */
export const isInScope = (sectionId: string, eventId: string): string =>
  `($1::uuid IS NULL OR ${sectionId} = $1) AND ($2::uuid IS NULL OR ${eventId} = $2)`;

/** The same for a column that refers to a section; true when there is nothing to choose. */
export const refersIntoScope = (column: string, scope: Scope): string =>
  scope.sectionId === undefined && scope.eventId === undefined
    ? '$1::uuid IS NULL AND $2::uuid IS NULL'
    : `${column} IN (SELECT id FROM sections WHERE ${isInScope('id', 'event_id')})`;

/** A column of time in microseconds since 1970, as pg gives bigints: in text. */
export const us = (column: string): string => `(extract(epoch FROM ${column}) * 1000000)::bigint`;

/** A bigint as pg gives it. */
export const numberOrNull = (text: string | null): number | null =>
  text === null ? null : Number(text);

/** A query that is read in pages of so many rows, which bounds the memory it takes. */
export interface PagedQuery {
  /** Names it in the transaction. */
  readonly cursor: string;
  readonly text: string;
  readonly scope: Scope;
  readonly rowsPerFetchMax: number;
}

/** What a cursor gives, page by page, until it has no more. Needs an open transaction. */
export async function* fetchPages<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  { cursor, text, scope, rowsPerFetchMax }: PagedQuery,
): AsyncGenerator<Row[]> {
  await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${text}`, scopeParameters(scope));
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${rowsPerFetchMax} FROM ${cursor}`);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsPerFetchMax) return;
  }
}
