import { jobIdOf } from '@stile/core';
import { readBookings } from '@stile/db';
import pg from 'pg';
import { outcomeChannel } from './names.js';
import { decodeOutcomes, type Outcome, outcomeOfBooking } from './outcome-message.js';

/** Told once what became of a command, by its id. */
export type OnOutcome = (id: string, outcome: Outcome, decidedAtUs: number) => void;

/** The clients that wait for commands of one job, by command id. */
export type Waiters = Map<string, Waiter>;

interface Waiter {
  /** The place of the command in the job. */
  readonly index: number;
  readonly isBook: boolean;
  readonly onOutcome: OnOutcome;
}

export interface OutcomeListenerOptions {
  readonly databaseUrl: string;
  readonly pool: pg.Pool;
  readonly processNumber: number;
  readonly onError: (error: Error) => void;
  /** Milliseconds between proofs that the connection is alive; also how long one may take. */
  readonly pingMs?: number;
}

const defaultPingMs = 2_000;
const reconnectDelayMs = 250;
/** For the connection itself, and for each query on it. */
const connectMsMax = 5_000;

/**
 * Hears the outcomes of this process's jobs: PostgreSQL notifies its channel from within the
 * decision transaction, so an outcome is heard exactly when it is decided. A notification can be
 * missed only while the connection is down; after each (re)connection every job that still has
 * waiters is read again by its primary-key range.
 *
 * States: stopped → connecting ⇄ listening → stopped.
 */
export class OutcomeListener {
  readonly #options: OutcomeListenerOptions;
  readonly #waiting = new Map<string, Waiters>();
  #client: pg.Client | undefined;
  #ping: NodeJS.Timeout | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #connecting: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(options: OutcomeListenerOptions) {
    this.#options = options;
  }

  /** True while outcomes are heard the moment they are decided. */
  get listening(): boolean {
    return this.#client !== undefined;
  }

  /** Connects and listens; throws when PostgreSQL can't be reached. */
  async start(): Promise<void> {
    if (!this.#stopped) return;
    this.#stopped = false;
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#reconnect);
    clearInterval(this.#ping);
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
    // A connection that is being made may only come now: it is ended before this resolves.
    await this.#connecting.catch(() => undefined);
  }

  /** Registers the waiters of a job; call before the job is enqueued. */
  expect(jobId: string, waiters: Waiters): void {
    this.#waiting.set(jobId, waiters);
  }

  /** Forgets a job that was not enqueued after all. */
  forget(jobId: string): void {
    this.#waiting.delete(jobId);
  }

  /** Its client waits no longer: the outcome of this command need not be told. */
  giveUp(id: string): void {
    this.#take(jobIdOf(id), id);
  }

  async #connect(): Promise<void> {
    const { databaseUrl, processNumber } = this.#options;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: `stile-outcomes-${processNumber}`,
      connectionTimeoutMillis: connectMsMax,
      query_timeout: connectMsMax,
      keepAlive: true,
    });
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the connection for outcomes was closed')));
    client.on('notification', ({ payload }) => this.#onNotification(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${outcomeChannel(processNumber)}`);
    } catch (error) {
      // Not `end()`, which would wait for a word from the server.
      client.connection?.stream.destroy();
      throw error;
    }
    if (this.#stopped) return client.end();
    this.#client = client;
    this.#ping = setInterval(() => this.#checkAlive(client), this.#options.pingMs ?? defaultPingMs);
    // Listening without knowing what was missed is no better than not listening: start over.
    await this.#readAgain([...this.#waiting.keys()]).catch((error) => this.#lost(client, error));
  }

  #checkAlive(client: pg.Client): void {
    const deadline = setTimeout(() => {
      this.#lost(client, new Error('the connection for outcomes no longer answers'));
    }, this.#options.pingMs ?? defaultPingMs);
    client.query('SELECT 1').then(
      () => clearTimeout(deadline),
      () => clearTimeout(deadline), // 'error' or 'end' tells of it too
    );
  }

  #lost(client: pg.Client, error: Error): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    clearInterval(this.#ping);
    client.connection?.stream.destroy();
    this.#options.onError(error);
    this.#reconnectSoon();
  }

  #reconnectSoon(): void {
    if (this.#stopped) return;
    this.#reconnect = setTimeout(() => {
      this.#connecting = this.#connect();
      this.#connecting.catch((error: Error) => {
        this.#options.onError(error);
        this.#reconnectSoon();
      });
    }, reconnectDelayMs);
  }

  #onNotification(payload: string): void {
    try {
      const { jobId, decidedAtUs, from, outcomes } = decodeOutcomes(payload);
      const missed: string[] = [];
      for (const [id, { index }] of [...(this.#waiting.get(jobId) ?? [])]) {
        const outcome = outcomes[index - from];
        if (outcome === undefined) continue;
        if (outcome.kind === 'missed') missed.push(jobId);
        else this.#take(jobId, id)?.onOutcome(id, outcome, decidedAtUs);
      }
      this.#readAgain(missed.slice(0, 1)).catch(this.#options.onError);
    } catch (error) {
      this.#options.onError(error as Error);
    }
  }

  #take(jobId: string, id: string): Waiter | undefined {
    const waiters = this.#waiting.get(jobId);
    const waiter = waiters?.get(id);
    waiters?.delete(id);
    if (waiters?.size === 0) this.#waiting.delete(jobId);
    return waiter;
  }

  /**
   * Reads what became of the bookings that are waited for. Of a command that is not a request to
   * book no trace need be left under its own id; whoever waits for one sends it again.
   */
  async #readAgain(jobIds: readonly string[]): Promise<void> {
    if (jobIds.length === 0) return;
    const stored = await readBookings(this.#options.pool, jobIds);
    for (const { booking, decidedAtUs } of stored) {
      const waiter = this.#take(jobIdOf(booking.id), booking.id);
      waiter?.onOutcome(booking.id, outcomeOfBooking(booking, null), decidedAtUs);
    }
    for (const jobId of jobIds) {
      for (const [id, { isBook }] of [...(this.#waiting.get(jobId) ?? [])]) {
        if (!isBook) this.#take(jobId, id)?.onOutcome(id, { kind: 'missed' }, 0);
      }
    }
  }
}
