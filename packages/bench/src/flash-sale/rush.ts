/** One buyer's way through the sale, for those who visit the server for it. */
export interface Buyer {
  /** Of `performance.now()`, when its first request was sent. */
  readonly startedAtMs: number;
  /** Known once its request is queued. */
  bookingId: string | undefined;
}

export interface RushOptions<Connection> {
  readonly connections: readonly Connection[];
  readonly buyerCount: number;
  /** Sends one request for the buyer; answers with the ms to its next one, or nothing: done. */
  readonly visit: (connection: Connection, buyer: Buyer) => Promise<number | undefined>;
  /** Ends the rush early: no new visit is made. */
  readonly signal: AbortSignal;
}

/**
 * Sends every buyer to the server. Each connection carries one visit at a time; a buyer that must
 * come back leaves its connection to others meanwhile, and goes before those who have not begun.
 */
export async function rush<Connection>(options: RushOptions<Connection>): Promise<void> {
  const { connections, buyerCount, visit, signal } = options;
  const back = createFifo<Buyer>();
  const idle: (() => void)[] = [];
  let begun = 0;
  let done = 0;

  const next = (): Buyer | undefined => {
    const buyer = back.take();
    if (buyer !== undefined || begun === buyerCount) return buyer;
    begun++;
    return { startedAtMs: performance.now(), bookingId: undefined };
  };
  const wakeAll = (): void => {
    for (const wake of idle.splice(0)) wake();
  };
  const serve = async (connection: Connection): Promise<void> => {
    while (done < buyerCount && !signal.aborted) {
      const buyer = next();
      if (buyer === undefined) {
        await new Promise<void>((resolve) => idle.push(resolve));
        continue;
      }
      const pauseMs = await visit(connection, buyer);
      if (pauseMs !== undefined) {
        setTimeout(() => {
          back.put(buyer);
          idle.pop()?.();
        }, pauseMs);
      } else if (++done === buyerCount) wakeAll();
    }
  };

  signal.addEventListener('abort', wakeAll);
  await Promise.all(connections.map(serve));
  signal.removeEventListener('abort', wakeAll);
}

/** First in, first out. An array's own `shift` moves all that is behind, tens of thousands here. */
function createFifo<Entry>(): { put(entry: Entry): void; take(): Entry | undefined } {
  let entries: Entry[] = [];
  let head = 0;
  return {
    put: (entry) => {
      entries.push(entry);
    },
    take: () => {
      if (head < entries.length) return entries[head++];
      entries = [];
      head = 0;
      return undefined;
    },
  };
}
