import { laneChannel, laneLocks } from '@stile/db';
import { within } from '@stile/queue';
import pg from 'pg';
import { lookAtLanes } from './look-at-lanes.js';

export interface LaneOwnerOptions {
  readonly databaseUrl: string;
  /** Milliseconds between looks; workers that come or go call for one at once. */
  readonly tickMs: number;
  /**
   * False while this worker can't work on any lane: it lets go of all it has, and of its share, until
   * it can. Asked at each look.
   */
  readonly canWork?: () => boolean;
  /**
   * A lane is this worker's, for as long as this session lasts. Must settle by itself, also when its
   * server doesn't answer.
   */
  readonly onTaken: (lane: number, session: pg.Client) => Promise<void>;
  /** Must resolve when nothing works on the lane any more; it is let go of then. */
  readonly onRelease: (lane: number) => Promise<void>;
  readonly onError: (error: Error) => void;
}

const { memberClass, laneClass } = laneLocks;

/**
 * PostgreSQL ends the session, and with it the ownership, of a worker that is frozen or cut off
 * for this long. Many ticks fit into it.
 */
const sessionIdleMs = 4_000;

/** A tick that takes longer means that the connection is gone, whatever the socket says. */
const tickDeadlineMs = 3_000;

/** Leaving is a matter of manners: after this long the connection is dropped instead. */
const leaveDeadlineMs = 1_000;

/**
 * Owns lanes through session advisory locks on a connection that does nothing else: when the
 * process dies its session ends, and another worker takes its lanes at its next tick. Every worker
 * also holds one shared lock as a member, so all of them see the same list of members in
 * `pg_locks` and each knows its share: lanes spread evenly, the remainder to the first in the list.
 * How many lanes there are is read from the table each time, so lanes can be added at any time.
 *
 * States: stopped → connecting → ticking ⇄ connecting → stopped.
 */
export class LaneOwner {
  readonly #options: LaneOwnerOptions;
  readonly #owned = new Set<number>();
  readonly #givenUp = new Set<number>();
  #client: pg.Client | undefined;
  /** This session holds the lock of a member: lanes are shared out with it in mind. */
  #isCounted = false;
  #timer: NodeJS.Timeout | undefined;
  /** Somebody came or went since the last look. */
  #isCalled = false;
  #ticking: Promise<void> = Promise.resolve();
  /** The look and take that is under way, even when its tick has given up on it. */
  #taking: Promise<void> = Promise.resolve();
  /** Lets go of the lanes of a session that ended. */
  #losing: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(options: LaneOwnerOptions) {
    this.#options = options;
  }

  /** The lanes this worker owns now. */
  get lanes(): readonly number[] {
    return [...this.#owned].sort((a, b) => a - b);
  }

  /** True while this worker has its session. */
  get isMember(): boolean {
    return this.#client !== undefined;
  }

  /** Takes the first share of lanes; throws when PostgreSQL can't be reached. */
  async start(): Promise<void> {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#client = await this.#connect();
    await this.#tick(this.#client);
    this.#schedule();
  }

  /**
   * Leaves the cluster and releases every lane, each as soon as its work is finished: another
   * worker takes it at once.
   */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#ticking;
    await this.#losing;
    const client = this.#client;
    if (client !== undefined) await this.#leave(client).catch(this.#options.onError);
    await this.#releaseAll();
    this.#client = undefined;
    if (client !== undefined) await endSoon(client);
  }

  /** Lets go of a lane at the next look, where it may be taken anew: nobody works on it any more. */
  giveUp(lane: number): void {
    this.#givenUp.add(lane);
  }

  #schedule(): void {
    if (this.#stopped) return;
    const delayMs = this.#isCalled ? 0 : this.#options.tickMs;
    this.#isCalled = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#ticking = this.#tickOrReconnect().finally(() => this.#schedule());
    }, delayMs);
  }

  /** Looks at the lanes at once, or after the look that is under way. */
  #call(): void {
    this.#isCalled = true;
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#schedule();
  }

  async #tickOrReconnect(): Promise<void> {
    // A lane that was lost is let go of before it may be taken again: a release that came after
    // the taking would end the new work, and the lane would be owned with nobody working on it.
    await Promise.allSettled([this.#taking, this.#losing]);
    try {
      this.#client ??= await this.#connect();
      this.#taking = this.#tick(this.#client);
      await within(this.#taking, tickDeadlineMs, 'looking at the lanes');
    } catch (error) {
      this.#options.onError(error as Error);
      await this.#lost();
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#options.databaseUrl,
      application_name: 'stile-lane-owner',
      options: `-c idle_session_timeout=${sessionIdleMs}`,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      pipeline: true, // Lanes are let go of side by side.
    });
    client.on('error', this.#options.onError);
    client.on('end', () => {
      if (this.#client === client && !this.#stopped) void this.#lost();
    });
    client.on('notification', () => this.#call());
    await client.connect();
    await client.query(`LISTEN ${laneChannel}`);
    return client;
  }

  /** The session is gone and every lane with it: others may have them already. */
  #lost(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#isCounted = false;
    client?.connection?.stream.destroy();
    this.#losing = this.#losing.then(() => this.#releaseAll());
    return this.#losing;
  }

  async #releaseAll(): Promise<void> {
    const lanes = this.lanes;
    this.#owned.clear();
    await Promise.all(lanes.map((lane) => this.#options.onRelease(lane)));
  }

  async #leave(client: pg.Client): Promise<void> {
    // First of all, so that to the others its lanes are theirs as soon as they are free.
    await within(this.#setCounted(client, false), leaveDeadlineMs, 'leaving the cluster');
    await Promise.all(this.lanes.map((lane) => this.#release(client, lane)));
  }

  /** Joins those among whom lanes are shared out, or leaves them, and tells them to look. */
  async #setCounted(client: pg.Client, isCounted: boolean): Promise<void> {
    if (isCounted === this.#isCounted) return;
    this.#isCounted = isCounted;
    const change = isCounted ? 'pg_advisory_lock_shared' : 'pg_advisory_unlock_shared';
    await client.query(`SELECT ${change}($1, 0)`, [memberClass]);
    await client.query(`NOTIFY ${laneChannel}`);
  }

  async #tick(client: pg.Client): Promise<void> {
    await this.#setCounted(client, this.#options.canWork?.() ?? true);
    const givenUp = [...this.#givenUp].filter((lane) => this.#owned.has(lane));
    this.#givenUp.clear();
    await Promise.all(givenUp.map((lane) => this.#release(client, lane)));
    const { share, free } = await lookAtLanes(client);
    await Promise.all(this.lanes.slice(share).map((lane) => this.#release(client, lane)));
    for (const lane of free) {
      if (this.#owned.size >= share) break;
      const { rows } = await client.query<{ taken: boolean }>(
        'SELECT pg_try_advisory_lock($1, $2) AS taken',
        [laneClass, lane],
      );
      if (rows[0]?.taken !== true) continue;
      this.#owned.add(lane);
      await this.#options.onTaken(lane, client);
      // The session may have ended meanwhile: then the lane is another's by now.
      if (this.#client !== client) await this.#options.onRelease(lane);
    }
  }

  async #release(client: pg.Client, lane: number): Promise<void> {
    await this.#options.onRelease(lane);
    this.#owned.delete(lane);
    await within(
      client.query('SELECT pg_advisory_unlock($1, $2), pg_notify($3, NULL)', [
        ...[laneClass, lane],
        laneChannel,
      ]),
      leaveDeadlineMs,
      'letting go of a lane',
    );
  }
}

/** Ends the connection, with or without the server's consent. */
async function endSoon(client: pg.Client): Promise<void> {
  await within(client.end(), leaveDeadlineMs, 'closing a connection').catch(() =>
    client.connection?.stream.destroy(),
  );
}
