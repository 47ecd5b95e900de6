/** What the scenes are set in. */
export interface StageEvents {
  readonly concert: EventAnswer;
  readonly theatre: EventAnswer;
}

export interface EventAnswer {
  readonly id: string;
  readonly sections: readonly { readonly id: string; readonly name: string }[];
}

const daysAhead = (days: number, hour: number): string => {
  const date = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
  date.setUTCHours(hour, 0, 0, 0);
  return date.toISOString();
};

const rows = (names: string, shortest: number) =>
  [...names].map((row, index) => ({ row, seats: shortest + Math.min(index, 6) }));

/** Events as a venue would have them, some of their seats sold. */
export async function makeEvents(address: string): Promise<StageEvents> {
  await post(`${address}/events`, {
    ...{ name: 'Night bus to Lisbon', kind: 'bus', startsAt: daysAhead(9, 21), currency: 'EUR' },
    sections: [{ name: 'Coach 12', price: 2_900, capacity: 48 }],
  });
  await post(`${address}/events`, {
    ...{ name: 'Dr Okafor, morning surgery', kind: 'doctor', startsAt: daysAhead(2, 8) },
    sections: [{ name: 'Appointments', price: 0, capacity: 12, maxPerUser: 1 }],
  });
  const theatre = await post<EventAnswer>(`${address}/events`, {
    ...{ name: 'The Winter’s Tale', kind: 'theatre', startsAt: daysAhead(23, 19), currency: 'GBP' },
    sections: [
      {
        name: 'Stalls',
        price: 4_800,
        seating: 'reserved',
        rows: rows('ABCDEFGHJK', 12),
        holdSeconds: 180,
      },
      { name: 'Circle', price: 3_200, seating: 'reserved', rows: rows('ABCDE', 14) },
      { name: 'Standing', price: 1_000, capacity: 60 },
    ],
  });
  const concert = await post<EventAnswer>(`${address}/events`, {
    ...{ name: 'An evening at the Stile', kind: 'concert', startsAt: daysAhead(30, 19) },
    currency: 'EUR',
    sections: [
      { name: 'Standing', price: 3_500, capacity: 500 },
      { name: 'Balcony', price: 5_500, capacity: 120 },
      { name: 'Front row', price: 9_000, capacity: 24, maxPerBooking: 4 },
    ],
  });
  await sell(address, concert, 0, 47, 4);
  await sell(address, concert, 1, 37, 3);
  await sell(address, concert, 2, 11, 2);
  await sell(address, theatre, 0, 34, 2);
  await sell(address, theatre, 0, 3, 3, true);
  await sell(address, theatre, 1, 9, 4);
  await sell(address, theatre, 2, 20, 3);
  return { concert, theatre };
}

async function sell(
  address: string,
  event: EventAnswer,
  section: number,
  bookings: number,
  quantity: number,
  hold = false,
): Promise<void> {
  const sectionId = event.sections[section]?.id;
  for (let booking = 0; booking < bookings; booking++) {
    await post(`${address}/bookings?wait=10`, { sectionId, quantity, hold });
  }
}

async function post<Answer>(url: string, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}
