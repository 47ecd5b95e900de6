import { type Step, stepAfterBooking, stepAfterReading, type ToldStatus } from './buyer.js';
import { Connection } from './connection.js';
import type { SaleMode } from './options.js';
import { type Buyer, rush } from './rush.js';
import { createSaleEvent, type SaleEvent } from './sale-event.js';
import { type SaleProgress, Tally } from './tally.js';

export interface SaleOptions {
  /** The server, such as http://127.0.0.1:3000 */
  readonly address: string;
  readonly seats: number;
  readonly buyers: number;
  readonly connections: number;
  readonly mode: SaleMode;
  readonly quantity: number;
  /** Ends the sale early; buyers without an answer then stay without. */
  readonly signal?: AbortSignal;
}

/** What the clients of a sale saw. */
export interface SaleResult extends SaleEvent {
  readonly progress: SaleProgress;
  /** By booking id. `queued`: accepted, and its client never heard the outcome. */
  readonly told: ReadonlyMap<string, ToldStatus | 'queued'>;
}

/** Seconds that a request asks the server to wait for its outcome. */
const waitSeconds = 30;
/** How long a buyer comes back before it counts as never answered. */
const patienceMs = 60_000;
/** Before a connection that failed or was refused is tried again. */
const reconnectMs = 500;
const progressEveryMs = 100;

/**
 * Sells `seats` seats to `buyers` buyers over HTTP and answers with what they were told. A 503 is
 * asked again when the server says so; a buyer whose request got another problem, or was cut off, is
 * counted as failed and never asks twice, since its first request may have been accepted.
 */
export async function runSale(
  options: SaleOptions,
  onProgress: (progress: SaleProgress) => void = () => undefined,
): Promise<SaleResult> {
  const { address, buyers, signal = new AbortController().signal } = options;
  const connections = Array.from(
    { length: Math.min(options.connections, buyers) },
    () => new Connection(address),
  );
  const closeAll = () => Promise.all(connections.map((connection) => connection.close()));
  signal.addEventListener('abort', closeAll);
  let ticker: NodeJS.Timeout | undefined;
  try {
    const event = await createSaleEvent(connections[0] as Connection, options.seats);
    const tally = new Tally(buyers);
    ticker = setInterval(() => onProgress(tally.progress()), progressEveryMs);
    const visit = createVisit(options, event.sectionId, tally);
    await rush({ connections, buyerCount: buyers, visit, signal });
    const progress = tally.progress();
    onProgress(progress);
    return { ...event, progress, told: tally.told };
  } finally {
    clearInterval(ticker);
    signal.removeEventListener('abort', closeAll);
    await closeAll();
  }
}

/** One request of one buyer, and what it means for the tally. */
function createVisit({ mode, quantity }: SaleOptions, sectionId: string, tally: Tally) {
  const path = mode === 'wait' ? `/bookings?wait=${waitSeconds}` : '/bookings';
  const json = JSON.stringify({ sectionId, quantity });

  const ask = async (connection: Connection, { bookingId }: Buyer): Promise<Step> => {
    try {
      return bookingId === undefined
        ? stepAfterBooking(await connection.post(path, json))
        : stepAfterReading(await connection.get(`/bookings/${bookingId}`));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const fault = code ?? message;
      const mayRepeat = bookingId !== undefined || code === 'ECONNREFUSED';
      return mayRepeat
        ? { kind: 'overloaded', fault, afterMs: reconnectMs }
        : { kind: 'failed', fault };
    }
  };

  return async (connection: Connection, buyer: Buyer): Promise<number | undefined> => {
    const step = await ask(connection, buyer);
    switch (step.kind) {
      case 'decided':
        tally.decided(step.bookingId, step.status, buyer.startedAtMs);
        return undefined;
      case 'failed':
        tally.fault(step.fault);
        tally.failed();
        return undefined;
      case 'queued':
        if (buyer.bookingId === undefined) tally.queued(step.bookingId);
        buyer.bookingId = step.bookingId;
        break;
      case 'overloaded':
        tally.fault(step.fault);
        break;
    }
    if (performance.now() + step.afterMs < buyer.startedAtMs + patienceMs) return step.afterMs;
    tally.fault(`no outcome within ${patienceMs / 1000} s`);
    tally.failed();
    return undefined;
  };
}
