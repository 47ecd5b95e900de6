import type { Connection } from './connection.js';

export interface SaleEvent {
  readonly eventId: string;
  readonly sectionId: string;
}

const seatPrice = 4_900;

/** Makes the event that a sale is about: one section with this many seats. */
export async function createSaleEvent(connection: Connection, seats: number): Promise<SaleEvent> {
  const answer = await connection.post(
    '/events',
    JSON.stringify({
      name: `Flash sale of ${seats} seats`,
      kind: 'flash-sale',
      sections: [{ name: 'Floor', price: seatPrice, capacity: seats }],
    }),
  );
  const event = answer.body as { id: string; sections: { id: string }[] } | undefined;
  const sectionId = event?.sections?.[0]?.id;
  if (answer.status !== 201 || event === undefined || sectionId === undefined) {
    const text = JSON.stringify(answer.body);
    throw new Error(`POST /events answered ${answer.status}: ${text}`);
  }
  return { eventId: event.id, sectionId };
}
