const demoEvent = {
  name: 'An evening at the Stile',
  kind: 'concert',
  startsAt: new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString(),
  currency: 'EUR',
  sections: [
    { name: 'Standing', price: 3_500, capacity: 500 },
    { name: 'Balcony', price: 5_500, capacity: 120 },
  ],
};

interface EventAnswer {
  readonly name: string;
  readonly sections: readonly SectionAnswer[];
}

interface SectionAnswer {
  readonly id: string;
  readonly name: string;
  readonly remaining: number;
}

/** What a newcomer can book: a section with its event. */
export interface Offer {
  readonly event: EventAnswer;
  readonly section: SectionAnswer;
}

/** The newest section with seats left; a demo event is made when nothing is for sale. */
export async function findOffer(address: string): Promise<Offer> {
  const { data } = await ask<{ data: EventAnswer[] }>(`${address}/events?limit=100`);
  const offer = data.flatMap(offersOf).at(0);
  if (offer !== undefined) return offer;
  const event = await ask<EventAnswer>(`${address}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(demoEvent),
  });
  const [made] = offersOf(event);
  if (made === undefined) throw new Error('the demo event has no seats');
  return made;
}

const offersOf = (event: EventAnswer): Offer[] =>
  event.sections.filter(({ remaining }) => remaining > 1).map((section) => ({ event, section }));

async function ask<Answer>(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}
