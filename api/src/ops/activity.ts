import {
  type Activity,
  type ActivityRow,
  type BatchRow,
  type Database,
  type LedgerSpan,
  listSectionProgress,
  readActivity,
} from '@stile/db';

/** Decisions of one second, by outcome. */
export type Second = { readonly second: number } & Record<ActivityRow['outcome'], number>;

/** What was decided lately, as of the last look. */
export interface Pulse {
  /** Whole seconds of the database's clock in which something was decided, oldest first. */
  readonly seconds: readonly Second[];
  /** Seconds that `lanes` and `sections` are about. */
  readonly windowSeconds: number;
  readonly lanes: ReadonlyMap<number, LanePulse>;
  /** Decisions of each section that decided any. */
  readonly sections: ReadonlyMap<string, number>;
}

export interface LanePulse {
  readonly decisions: number;
  readonly batches: number;
  readonly waitP50Ms: number;
  readonly waitP99Ms: number;
}

export interface ActivitySource {
  readonly progress: () => ReturnType<typeof listSectionProgress>;
  readonly read: (spans: readonly LedgerSpan[]) => Promise<Activity>;
  /** A clock that never runs backwards. */
  readonly nowMs: () => number;
}

/** Milliseconds between two looks at least; with a longer gap than the second, looking starts anew. */
const lookEveryMs = 900;
const gapMsMax = 5_000;
/** How far back rates go, and the seconds that are kept for a chart. */
const windowMs = 10_000;
const secondsMax = 120;

interface Look {
  readonly atMs: number;
  /** Milliseconds since the look before: what it tells of. */
  readonly gapMs: number;
  readonly lanes: readonly BatchRow[];
  readonly sections: readonly { readonly sectionId: string; readonly decisions: number }[];
}

/** Reads from this database, by the process's clock. */
export const activitySource = (db: Database): ActivitySource => ({
  progress: () => listSectionProgress(db),
  read: (spans) => readActivity(db, spans),
  nowMs: () => performance.now(),
});

/**
 * What all lanes decided in the last seconds, read from the ledger: each look sums up what was
 * added since the one before, so no decision is counted twice and none is missed. It looks while
 * somebody asks, at most about once a second for all who ask, and costs nothing otherwise.
 */
export class ActivityLog {
  readonly #source: ActivitySource;
  #sequences: ReadonlyMap<string, number> | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #looks: Look[] = [];
  #seconds = new Map<number, Second>();
  #looking: Promise<void> | undefined;

  constructor(source: ActivitySource) {
    this.#source = source;
  }

  /** What was decided until now, or until less than a second ago. */
  async pulse(): Promise<Pulse> {
    if (this.#source.nowMs() - this.#lookedAtMs >= lookEveryMs) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
    }
    await this.#looking;
    return this.#summary();
  }

  async #look(): Promise<void> {
    const atMs = this.#source.nowMs();
    const progress = await this.#source.progress();
    const before = this.#sequences;
    this.#sequences = new Map(progress.map(({ sectionId, sequence }) => [sectionId, sequence]));
    if (before === undefined || atMs - this.#lookedAtMs > gapMsMax) {
      this.#lookedAtMs = atMs;
      this.#looks = [];
      return;
    }
    const gapMs = atMs - this.#lookedAtMs;
    this.#lookedAtMs = atMs;
    const spans = progress
      .map(({ sectionId, sequence }) => ({
        sectionId,
        after: before.get(sectionId) ?? 0,
        until: sequence,
      }))
      .filter(({ after, until }) => until > after);
    const { outcomes, lanes } = await this.#source.read(spans);
    for (const row of outcomes) this.#count(row);
    const sections = spans.map(({ sectionId, after, until }) => ({
      sectionId,
      decisions: until - after,
    }));
    this.#looks = [...this.#looks, { atMs, gapMs, lanes, sections }].filter(
      (look) => look.atMs > atMs - windowMs,
    );
    const newest = Math.max(...this.#seconds.keys());
    for (const second of this.#seconds.keys()) {
      if (second <= newest - secondsMax) this.#seconds.delete(second);
    }
  }

  #count({ second, outcome, decisions }: ActivityRow): void {
    const counted = this.#seconds.get(second) ?? { second, ...noDecisions };
    this.#seconds.set(second, { ...counted, [outcome]: counted[outcome] + decisions });
  }

  #summary(): Pulse {
    const sections = new Map<string, number>();
    const lanes = new Map<number, LanePulse>();
    for (const look of this.#looks) {
      for (const { sectionId, decisions } of look.sections) {
        sections.set(sectionId, (sections.get(sectionId) ?? 0) + decisions);
      }
      for (const row of look.lanes) lanes.set(row.lane, withBatches(lanes.get(row.lane), row));
    }
    return {
      seconds: [...this.#seconds.values()].sort((a, b) => a.second - b.second),
      windowSeconds: this.#looks.reduce((sum, { gapMs }) => sum + gapMs, 0) / 1000,
      lanes,
      sections,
    };
  }
}

const noDecisions = {
  held: 0,
  confirmed: 0,
  rejected: 0,
  expired: 0,
  cancelled: 0,
  changed: 0,
} as const;

/** The waits are those of the newest look that has any: percentiles can't be added. */
const withBatches = (sum: LanePulse | undefined, row: BatchRow): LanePulse => ({
  decisions: (sum?.decisions ?? 0) + row.decisions,
  batches: (sum?.batches ?? 0) + row.batches,
  waitP50Ms: row.waitP50Ms,
  waitP99Ms: row.waitP99Ms,
});
