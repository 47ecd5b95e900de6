import { Connection } from './connection.js';
import type { Evidence, RecordedDecision } from './evidence.js';
import type { SaleEvent } from './sale-event.js';

interface Page {
  readonly data: readonly {
    readonly id: string;
    readonly status: string;
    readonly quantity: number;
    readonly sequence: number;
    readonly acceptedAt: string;
  }[];
  readonly nextCursor: string | null;
}

/** The most rows that a page has. */
const pageLimit = 100;

/**
 * Reads what the server shows of a sale: for one whose database we can't reach. It is weaker than
 * the ledger: a booking that the ledger lacks does not show, and times are cut to milliseconds.
 */
export async function readEvidenceOverHttp(address: string, sale: SaleEvent): Promise<Evidence> {
  const connection = new Connection(address);
  try {
    const decisions: RecordedDecision[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = new URLSearchParams({ sectionId: sale.sectionId, limit: String(pageLimit) });
      if (cursor !== '') query.set('cursor', cursor);
      const page: Page = await read(connection, `/bookings?${query}`);
      for (const booking of page.data) {
        decisions.push({
          sequence: booking.sequence,
          bookingId: booking.id,
          quantity: booking.quantity,
          outcome: booking.status,
          bookingStatus: booking.status,
          acceptedAtUs: Date.parse(booking.acceptedAt) * 1000,
        });
      }
      cursor = page.nextCursor;
    }
    const event = await read<{ sections: { id: string; capacity: number; remaining: number }[] }>(
      connection,
      `/events/${sale.eventId}`,
    );
    const section = event.sections.find(({ id }) => id === sale.sectionId);
    if (section === undefined) throw new Error(`event ${sale.eventId} has lost its section`);
    return {
      source: 'the bookings over HTTP; DATABASE_URL of the server would give the ledger',
      capacity: section.capacity,
      remaining: section.remaining,
      decisions: decisions.sort((a, b) => a.sequence - b.sequence),
      bookingCount: decisions.length,
      acceptedAtPrecision: 'ms',
    };
  } finally {
    await connection.close();
  }
}

async function read<Answer>(connection: Connection, path: string): Promise<Answer> {
  const { status, body } = await connection.get(path);
  if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
  return body as Answer;
}
