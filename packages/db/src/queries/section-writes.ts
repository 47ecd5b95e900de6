import type { BatchResult, Section } from '@stile/core';
import type pg from 'pg';
import { arrayLiteral } from '../array-literal.js';
import { instant } from '../batch-columns.js';

// Whole batches in single statements, as with bookings.
const updateSections = {
  name: 'stile-update-sections',
  text: `
    UPDATE sections
       SET remaining = s.remaining, held = s.held, confirmed = s.confirmed, rejected = s.rejected,
           revenue = s.revenue, sequence = s.sequence, version = s.version, capacity = s.capacity
      FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::bigint[], $6::bigint[],
                  $7::bigint[], $8::bigint[], $9::int[])
        AS s (id, remaining, held, confirmed, rejected, revenue, sequence, version, capacity)
     WHERE sections.id = s.id`,
};
/** All but the capacity, which the counts must add up to at any time. */
const updateTerms = {
  name: 'stile-update-terms',
  text: `
    UPDATE sections
       SET price = s.price, max_per_booking = s.max_per_booking, max_per_user = s.max_per_user,
           hold_seconds = s.hold_seconds, sales_open_at = ${instant('s.sales_open_at_us')},
           sales_close_at = ${instant('s.sales_close_at_us')}, closed = s.closed
      FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::int[], $6::bigint[],
                  $7::bigint[], $8::boolean[])
        AS s (id, price, max_per_booking, max_per_user, hold_seconds, sales_open_at_us,
              sales_close_at_us, closed)
     WHERE sections.id = s.id`,
};

/** Statements that store the sections as a batch leaves them. */
export function sectionWrites({ sections: decided, entries }: BatchResult): pg.QueryConfig[] {
  if (decided.length === 0) return [];
  const sections = decided.map(({ section }) => section);
  const changedIds = new Set(
    entries.filter(({ command }) => command === 'change').map(({ sectionId }) => sectionId),
  );
  const counts = [
    arrayLiteral(sections.map((s) => s.id)),
    arrayLiteral(sections.map((s) => s.remaining)),
    arrayLiteral(sections.map((s) => s.held)),
    arrayLiteral(sections.map((s) => s.confirmed)),
    arrayLiteral(sections.map((s) => s.rejected)),
    arrayLiteral(sections.map((s) => s.revenue)),
    arrayLiteral(sections.map((s) => s.sequence)),
    arrayLiteral(sections.map((s) => s.version)),
    arrayLiteral(sections.map((s) => s.capacity)),
  ];
  const writes: pg.QueryConfig[] = [{ ...updateSections, values: counts }];
  if (changedIds.size > 0) {
    writes.push(termWrite(sections.filter(({ id }) => changedIds.has(id))));
  }
  return writes;
}

function termWrite(changed: readonly Section[]): pg.QueryConfig {
  const values = [
    arrayLiteral(changed.map((s) => s.id)),
    arrayLiteral(changed.map((s) => s.price)),
    arrayLiteral(changed.map((s) => s.maxPerBooking)),
    arrayLiteral(changed.map((s) => s.maxPerUser)),
    arrayLiteral(changed.map((s) => s.holdSeconds)),
    arrayLiteral(changed.map((s) => s.salesOpenAtUs)),
    arrayLiteral(changed.map((s) => s.salesCloseAtUs)),
    arrayLiteral(changed.map((s) => s.closed)),
  ];
  return { ...updateTerms, values };
}
