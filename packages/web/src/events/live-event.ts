import type { Availability } from '@stile/client';
import type { Event } from '../api/stile.js';

/** The event with this news in it; the same event when the news is old or about another one. */
export function withNews(event: Event, news: Availability): Event {
  const known = event.sections.find(({ id }) => id === news.sectionId);
  if (known === undefined || known.version >= news.version) return event;
  const { remaining, version } = news;
  return {
    ...event,
    sections: event.sections.map((section) =>
      section === known ? { ...section, remaining, version } : section,
    ),
  };
}

/** The event as it was read, but for sections of which something newer is known already. */
export function withNewest(read: Event, known: Event | undefined): Event {
  if (known === undefined) return read;
  return known.sections.reduce(
    (event, { id, remaining, version }) => withNews(event, { sectionId: id, remaining, version }),
    read,
  );
}

export interface Total {
  readonly capacity: number;
  readonly remaining: number;
}

/** Seats of all sections together. */
export const totalOf = ({ sections }: Event): Total => ({
  capacity: sections.reduce((sum, { capacity }) => sum + capacity, 0),
  remaining: sections.reduce((sum, { remaining }) => sum + remaining, 0),
});

export type SaleState =
  | { readonly kind: 'open' | 'sold out' | 'closed' }
  | { readonly kind: 'before'; readonly opensAt: string };

/** Whether seats can be asked for at this time. */
export function saleStateOf(event: Event, nowMs: number): SaleState {
  const { salesOpenAt, salesCloseAt } = event;
  if (salesOpenAt !== undefined && nowMs < Date.parse(salesOpenAt)) {
    return { kind: 'before', opensAt: salesOpenAt };
  }
  if (salesCloseAt !== undefined && nowMs >= Date.parse(salesCloseAt)) return { kind: 'closed' };
  return { kind: totalOf(event).remaining > 0 ? 'open' : 'sold out' };
}
