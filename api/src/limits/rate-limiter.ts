import { LRUCache } from 'lru-cache';

/** Counts of all processes together, kept apart by window: Redis, or PostgreSQL without it. */
export interface SharedCounts {
  /** Adds to the counts of this window and returns, in the order given, what they have come to. */
  add(window: number, uses: readonly Use[]): Promise<readonly number[]>;
}

export interface Use {
  readonly subject: string;
  readonly count: number;
}

export interface RateLimiterOptions {
  /** Requests of one subject in one window at most. */
  readonly limit: number;
  readonly windowSeconds: number;
  readonly shared: SharedCounts;
  readonly onError: (error: Error) => void;
  readonly nowMs?: () => number;
}

/** How a subject stands after a request. */
export interface Standing {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Seconds until the window ends, at least 1. */
  readonly resetSeconds: number;
}

/** What this process knows of a subject in the window. */
interface Count {
  window: number;
  /** Requests that came here. */
  own: number;
  /** Of these, what the shared count has. */
  told: number;
  /** The shared count without what came here, as it was when it was last asked. */
  others: number;
}

const subjectsMax = 100_000;
/** Milliseconds between two rounds in which this process tells and asks. */
const syncMs = 100;
/** A subject is told of once it has used this share of its limit here. */
const quietShare = 0.1;
const subjectsPerSyncMax = 2_000;

/**
 * Counts requests by subject in windows of fixed length, over all processes, without a round trip
 * for any request: each process counts by itself, and ten times a second tells the shared store of
 * the subjects that have used a tenth of their limit or more, all at once, and hears what the
 * others have counted. So one process alone never lets more through than the limit; together, P
 * processes can exceed it by a tenth of it each, and by what comes within one round. While the
 * store is down each process limits by what it has counted itself.
 */
export class RateLimiter {
  readonly #options: RateLimiterOptions;
  readonly #nowMs: () => number;
  readonly #counts = new LRUCache<string, Count>({ max: subjectsMax });
  readonly #dirty = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #syncing: Promise<void> = Promise.resolve();

  constructor(options: RateLimiterOptions) {
    this.#options = options;
    this.#nowMs = options.nowMs ?? Date.now;
  }

  get limit(): number {
    return this.#options.limit;
  }

  get windowSeconds(): number {
    return this.#options.windowSeconds;
  }

  /** Counts a request of this subject, unless it is one too many. */
  take(subject: string): Standing {
    const { limit, windowSeconds } = this.#options;
    const nowMs = this.#nowMs();
    const windowMs = windowSeconds * 1000;
    const window = Math.floor(nowMs / windowMs);
    let count = this.#counts.get(subject);
    if (count === undefined || count.window !== window) {
      count = { window, own: 0, told: 0, others: 0 };
      this.#counts.set(subject, count);
    }
    const left = limit - count.own - count.others;
    const allowed = left > 0;
    if (allowed) this.#use(subject, count);
    const resetSeconds = Math.max(1, Math.ceil(((window + 1) * windowMs - nowMs) / 1000));
    return { allowed, remaining: Math.max(0, left - 1), resetSeconds };
  }

  /** Tells and asks once more, and then no more. Safe to call twice. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#dirty.clear();
    await this.#syncing;
  }

  #use(subject: string, count: Count): void {
    count.own++;
    if (count.own < this.#options.limit * quietShare) return;
    this.#dirty.add(subject);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // One round after the other: in two at once the same requests would be told twice.
      this.#syncing = this.#syncing.then(() => this.#sync()).catch(this.#options.onError);
    }, syncMs).unref();
  }

  async #sync(): Promise<void> {
    const window = Math.floor(this.#nowMs() / (this.#options.windowSeconds * 1000));
    const subjects = [...this.#dirty].slice(0, subjectsPerSyncMax);
    for (const subject of subjects) this.#dirty.delete(subject);
    const known = subjects.flatMap((subject) => {
      const count = this.#counts.get(subject);
      return count?.window === window ? [{ subject, count, own: count.own }] : [];
    });
    if (known.length === 0) return;
    const uses = known.map(({ subject, count, own }) => ({ subject, count: own - count.told }));
    const totals = await this.#options.shared.add(window, uses);
    known.forEach(({ count, own }, index) => {
      count.told = own;
      count.others = Math.max(0, (totals[index] ?? own) - own);
    });
  }
}
