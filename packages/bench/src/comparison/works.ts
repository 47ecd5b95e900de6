import type { StockOptions } from '../subjects/subject.js';
import type { Work } from './measurement.js';

/** More seats than can be sold in a measurement. */
export const plenty = 1_000_000;
export const usualConnections = 256;

const oneSeat = { spread: 'even', body: { quantity: 1 } } as const;
const hotStock: StockOptions = { sections: 1, capacity: plenty };

/** Everybody wants the same section. */
export const hotWork = (seconds: number, connections = usualConnections): Work => ({
  ...{ stock: hotStock, plan: oneSeat, connections },
  pace: { kind: 'closed', seconds },
});

/** Sections as people want them: the n-th is asked for 1/n times as often as the first. */
export const spreadWork = (seconds: number, sections: number): Work => ({
  stock: { sections, capacity: plenty },
  plan: { ...oneSeat, spread: 'zipf' },
  connections: usualConnections,
  pace: { kind: 'closed', seconds },
});

/** Everybody refreshes: four reads for each booking, of the event and of a booking in turn. */
export const mixedWork = (seconds: number): Work => ({
  ...hotWork(seconds),
  stock: { sections: 8, capacity: plenty },
  plan: { ...oneSeat, readsPerBooking: 4 },
});

/** Everybody chooses one seat of a large hall; more and more of them are taken. */
export const reservedWork = (seconds: number): Work => ({
  ...hotWork(seconds),
  stock: { sections: 1, capacity: 50_000, reserved: true },
  plan: { spread: 'even', body: {} },
});

/** Few seats, many buyers, from the first request to the last answer. */
export const saleWork = (seats: number, buyers: number, secondsMax: number): Work => ({
  ...hotWork(0, 500),
  stock: { sections: 1, capacity: seats },
  pace: { kind: 'count', requests: buyers, secondsMax },
});

/** So many requests a second, answered or not. */
export const openWork = (seconds: number, perSecond: number): Work => ({
  ...hotWork(seconds, 512),
  pace: { kind: 'open', perSecond, seconds },
});
