import { setTimeout as delay, setImmediate as othersTurn } from 'node:timers/promises';
import type { Availability } from '@stile/db';
import { encodeAvailability, heartbeat } from './availability-message.js';
import type { LiveStream } from './live-stream.js';
import { ProblemError } from './problems.js';

export interface AvailabilityFeedOptions {
  /** What is left of the sections of these events; leaves out those that are unknown or deleted. */
  readonly read: (
    eventIds: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly Availability[]>>;
  readonly onError: (error: Error) => void;
}

/** Milliseconds from one look at the sections to the next: ten a second, as the contract says. */
const lookMs = 100;
/** Looking, and telling, take these shares of the time at most: with many streams they are rarer. */
const shareOfLooking = 0.05;
const shareOfTelling = 0.025;
/** Milliseconds between looks at most, however long they take. */
const lookMsMax = 5_000;
/** Milliseconds to the next look when the database did not answer. */
const lookAgainMs = 500;
/** Streams told before the process does something else. */
const streamsInARow = 200;
/** Milliseconds between heartbeats; proxies give up after 30 s and more. */
const heartbeatMs = 15_000;

/** An event that somebody watches. */
interface Watched {
  sections: readonly Availability[];
  readonly streams: Set<LiveStream>;
}

interface Joiner {
  readonly resolve: (sections: readonly Availability[] | undefined) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Tells streams how many seats are left, from PostgreSQL: while somebody watches, one query looks at
 * the sections of all watched events, and what changed since the look before is encoded once and
 * sent to all who watch. Deciding pays nothing for it, every api process tells the same, nothing can
 * be missed, and a slow database or many streams make it rarer, not heavier.
 *
 * States: idle → looking → telling → resting → looking … → idle when nobody is left.
 */
export class AvailabilityFeed {
  readonly #options: AvailabilityFeedOptions;
  readonly #watched = new Map<string, Watched>();
  #joiners = new Map<string, Joiner[]>();
  /** Sections as one frame, made once for all who get it. */
  readonly #snapshots = new WeakMap<readonly Availability[], Buffer>();
  #streams = 0;
  #joining = 0;
  #running: Promise<void> | undefined;
  readonly #stopping = new AbortController();
  #lastHeartbeatMs = 0;
  #failing = false;

  constructor(options: AvailabilityFeedOptions) {
    this.#options = options;
  }

  /** Streams that are open or about to be. */
  get streams(): number {
    return this.#streams + this.#joining;
  }

  /**
   * What is left of an event's sections, read after this call; undefined when there is no such
   * event. However many ask at once, it is one query. Throws what the database throws, and a
   * problem when the feed stops.
   */
  look(eventId: string): Promise<readonly Availability[] | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#stopping.signal.aborted) return reject(stopped());
      const joiners = this.#joiners.get(eventId) ?? [];
      this.#joiners.set(eventId, joiners);
      joiners.push({ resolve, reject });
      this.#joining++;
      this.#start();
    });
  }

  /**
   * Sends the stream the sections as they are, unless it has them, and from then on what changes.
   * `sections` is what `look` found; `lastVersion` the version that the client has already.
   */
  join(
    eventId: string,
    stream: LiveStream,
    sections: readonly Availability[],
    lastVersion: number | undefined,
  ): void {
    if (this.#stopping.signal.aborted) {
      stream.end();
      return;
    }
    const watched = this.#watched.get(eventId) ?? newlyWatched(sections);
    this.#watched.set(eventId, watched);
    watched.streams.add(stream);
    this.#streams++;
    // They may be newer than what those who watch were told last.
    if (lastVersion !== versionOf(sections)) stream.send(this.#snapshotOf(sections));
    this.#start();
  }

  leave(eventId: string, stream: LiveStream): void {
    const watched = this.#watched.get(eventId);
    if (watched?.streams.delete(stream) !== true) return;
    this.#streams--;
    if (watched.streams.size === 0) this.#watched.delete(eventId);
  }

  /** All of an event as one frame: for a stream that skipped some. */
  snapshot(eventId: string): Buffer {
    const watched = this.#watched.get(eventId);
    return watched === undefined ? heartbeat : this.#snapshotOf(watched.sections);
  }

  /** Ends every stream, and takes no more. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const { streams } of this.#watched.values()) {
      for (const stream of streams) stream.end();
    }
    await this.#running;
  }

  #snapshotOf(sections: readonly Availability[]): Buffer {
    const made = this.#snapshots.get(sections);
    if (made !== undefined) return made;
    const frame = encodeAvailability(sections, versionOf(sections));
    this.#snapshots.set(sections, frame);
    return frame;
  }

  #start(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    this.#lastHeartbeatMs = performance.now();
    let nextLookMs = 0;
    while (this.streams > 0 && !signal.aborted) {
      if (performance.now() >= nextLookMs) {
        const restMs = await this.#lookAndTell();
        nextLookMs = performance.now() + restMs;
      } else if (this.#joiners.size > 0) {
        await this.#answerJoiners();
      }
      // Who joins does not wait until those who watch are told again.
      const restMs = Math.min(lookMs, Math.max(0, nextLookMs - performance.now()));
      await delay(restMs, undefined, { signal }).catch(() => undefined);
    }
    this.#dismiss(this.#takeJoiners(), stopped());
    // At once: whoever comes next must find it idle.
    this.#running = undefined;
  }

  /** Returns the milliseconds until the next look. */
  async #lookAndTell(): Promise<number> {
    const startedMs = performance.now();
    const joiners = this.#takeJoiners();
    try {
      const found = await this.#options.read([
        ...new Set([...this.#watched.keys(), ...joiners.keys()]),
      ]);
      const lookedMs = performance.now();
      this.#failing = false;
      const frames = this.#changes(found);
      this.#admit(joiners, found);
      const tellingMs = await this.#tell(frames);
      const wantedMs = (lookedMs - startedMs) / shareOfLooking + tellingMs / shareOfTelling;
      const periodMs = Math.min(lookMsMax, Math.max(lookMs, wantedMs));
      // From telling to telling: a section is told of ten times a second at most.
      return Math.max(0, periodMs - (performance.now() - lookedMs));
    } catch (error) {
      this.#dismiss(joiners, error as Error);
      // Streams stay open: they are told what changed once the database answers again.
      if (!this.#failing) this.#options.onError(error as Error);
      this.#failing = true;
      return lookAgainMs;
    }
  }

  /** Looks for those who join alone. */
  async #answerJoiners(): Promise<void> {
    const joiners = this.#takeJoiners();
    try {
      this.#admit(joiners, await this.#options.read([...joiners.keys()]));
    } catch (error) {
      this.#dismiss(joiners, error as Error);
    }
  }

  #admit(
    joiners: ReadonlyMap<string, readonly Joiner[]>,
    found: ReadonlyMap<string, readonly Availability[]>,
  ): void {
    for (const [id, waiting] of joiners) {
      this.#joining -= waiting.length;
      for (const { resolve } of waiting) resolve(found.get(id));
    }
  }

  #takeJoiners(): Map<string, Joiner[]> {
    const joiners = this.#joiners;
    this.#joiners = new Map();
    return joiners;
  }

  #dismiss(joiners: ReadonlyMap<string, readonly Joiner[]>, error: Error): void {
    for (const waiting of joiners.values()) {
      this.#joining -= waiting.length;
      for (const { reject } of waiting) reject(error);
    }
  }

  /** Takes over what was found, ends the streams of deleted events, and says who is to be told what. */
  #changes(
    found: ReadonlyMap<string, readonly Availability[]>,
  ): [frame: Buffer, streams: LiveStream[]][] {
    const frames: [Buffer, LiveStream[]][] = [];
    for (const [id, watched] of this.#watched) {
      const sections = found.get(id);
      if (sections === undefined) {
        // Who asks again is told 404.
        for (const stream of watched.streams) stream.end();
        continue;
      }
      const changed = sections.filter((s, index) => s.version !== watched.sections[index]?.version);
      if (changed.length === 0) continue;
      watched.sections = sections;
      frames.push([encodeAvailability(changed, versionOf(sections)), [...watched.streams]]);
    }
    return frames;
  }

  /** Returns the milliseconds that it took, but for those in which others had their turn. */
  async #tell(frames: [frame: Buffer, streams: LiveStream[]][]): Promise<number> {
    const beats = performance.now() - this.#lastHeartbeatMs >= heartbeatMs;
    if (beats) {
      this.#lastHeartbeatMs = performance.now();
      const all = [...this.#watched.values()].flatMap(({ streams }) => [...streams]);
      for (const stream of all) stream.closeIfStuck();
      frames.push([heartbeat, all]);
    }
    let busyMs = 0;
    for (const [frame, streams] of frames) {
      for (let next = 0; next < streams.length; next += streamsInARow) {
        const startedMs = performance.now();
        for (const stream of streams.slice(next, next + streamsInARow)) stream.send(frame);
        await written();
        busyMs += performance.now() - startedMs;
        await othersTurn();
      }
    }
    return busyMs;
  }
}

/** Resolves behind what sockets have put off until the end of the turn: that is work, too. */
const written = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

const stopped = (): ProblemError =>
  new ProblemError('unavailable', {
    detail: 'This process is about to stop. Try again in a moment.',
    retryAfterSeconds: 1,
  });

const versionOf = (sections: readonly Availability[]): number =>
  sections.reduce((sum, { version }) => sum + version, 0);

const newlyWatched = (sections: readonly Availability[]): Watched => ({
  sections,
  streams: new Set(),
});
