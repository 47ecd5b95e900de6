/** Milliseconds between two looks at a lane at least, and how far back looks count. */
const sampleEveryMs = 500;
const windowMs = 10_000;

interface Sample {
  readonly atMs: number;
  readonly decided: number;
}

export interface DrainRateOptions {
  /** How many requests the lane has decided so far; what is asked twice a second at most. */
  readonly countDecided: () => Promise<number>;
  /** A clock that never runs backwards. */
  readonly nowMs?: () => number;
}

/**
 * How fast a lane is being worked off: the growth of what it has decided, over the last ten
 * seconds. Looked at only while somebody asks, so an idle lane costs nothing and the first who
 * asks after a while gets no rate, rather than one of earlier times.
 */
export class DrainRate {
  readonly #countDecided: () => Promise<number>;
  readonly #nowMs: () => number;
  #samples: Sample[] = [];
  #sampledAtMs = Number.NEGATIVE_INFINITY;
  #sampling = false;

  constructor({ countDecided, nowMs = () => performance.now() }: DrainRateOptions) {
    this.#countDecided = countDecided;
    this.#nowMs = nowMs;
  }

  /** Requests a second; undefined until two looks show that anything was decided between them. */
  get perSecond(): number | undefined {
    const oldestMs = this.#nowMs() - windowMs;
    const first = this.#samples.find(({ atMs }) => atMs >= oldestMs);
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined) return undefined;
    const decided = last.decided - first.decided;
    return decided > 0 ? (decided * 1000) / (last.atMs - first.atMs) : undefined;
  }

  /** Starts a look when the last one is too old; doesn't wait for it. */
  refresh(): void {
    if (this.#sampling || this.#nowMs() - this.#sampledAtMs < sampleEveryMs) return;
    this.#sampling = true;
    this.#countDecided()
      .then(
        (decided) => this.#add({ atMs: this.#nowMs(), decided }),
        () => undefined, // The database is down: nothing is decided meanwhile.
      )
      .finally(() => {
        this.#sampling = false;
        this.#sampledAtMs = this.#nowMs();
      });
  }

  #add(sample: Sample): void {
    const oldestMs = sample.atMs - windowMs;
    this.#samples = [...this.#samples.filter(({ atMs }) => atMs >= oldestMs), sample];
  }
}
