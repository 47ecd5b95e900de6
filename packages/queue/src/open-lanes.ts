import { laneMax } from '@stile/core';
import type { Queue } from 'bullmq';
import { DrainRate } from './drain-rate.js';
import type { Engine } from './engine.js';
import { LaneLine } from './lane-line.js';

/** What an api process has open of one lane. */
export interface OpenLane {
  readonly lane: number;
  readonly queue: Queue;
  /** How fast it is worked off. */
  readonly rate: DrainRate;
  /** Who waits in it. */
  readonly line: LaneLine;
}

export interface OpenLanesOptions {
  readonly engine: Engine;
  /** How many lanes there are; lanes are only ever added. */
  readonly countLanes: () => Promise<number>;
  /** How many requests a lane has decided so far. */
  readonly countDecided: (lane: number) => Promise<number>;
}

/** Milliseconds for which a count of the lanes is good enough. */
const freshForMs = 1_000;

/**
 * The lanes as one api process sees them. Those that are added while it runs are opened as soon as
 * it hears of them: when an event is made, or somebody asks for a section or booking of theirs.
 */
export class OpenLanes {
  readonly #options: OpenLanesOptions;
  readonly #lanes: OpenLane[] = [];
  readonly #onOpened: ((lane: OpenLane) => void)[] = [];
  #countedAtMs = Number.NEGATIVE_INFINITY;

  /** Opens every lane there is. */
  static async open(options: OpenLanesOptions): Promise<OpenLanes> {
    const lanes = new OpenLanes(options);
    await lanes.count();
    return lanes;
  }

  private constructor(options: OpenLanesOptions) {
    this.#options = options;
  }

  /** Those that are open, in order. */
  get all(): readonly OpenLane[] {
    return this.#lanes;
  }

  /** Calls `listener` with every lane, now and when more are opened. */
  onOpened(listener: (lane: OpenLane) => void): void {
    this.#onOpened.push(listener);
    for (const lane of this.#lanes) listener(lane);
  }

  /** How many lanes there are, as of a second ago at most. */
  async count(): Promise<number> {
    const nowMs = performance.now();
    if (nowMs - this.#countedAtMs >= freshForMs) {
      const count = await this.#options.countLanes();
      this.#countedAtMs = nowMs;
      this.#openUpTo(count);
    }
    return this.#lanes.length;
  }

  /** A lane that is known to exist: that of a section or of a booking, for example. */
  at(lane: number): OpenLane {
    this.#openUpTo(lane + 1);
    return this.#lanes[lane] as OpenLane;
  }

  /** A lane that somebody speaks of; undefined when there is none. */
  async find(lane: number): Promise<OpenLane | undefined> {
    if (lane >= this.#lanes.length) await this.count();
    return this.#lanes[lane];
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map(({ queue }) => queue.close()));
  }

  #openUpTo(count: number): void {
    if (count > laneMax + 1) throw new RangeError(`there are no ${count} lanes`);
    const { engine, countDecided } = this.#options;
    for (let lane = this.#lanes.length; lane < count; lane++) {
      const queue = engine.queue(lane);
      const rate = new DrainRate({ countDecided: () => countDecided(lane) });
      const opened = { lane, queue, rate, line: new LaneLine(queue, rate) };
      this.#lanes.push(opened);
      for (const tell of this.#onOpened) tell(opened);
    }
  }
}
