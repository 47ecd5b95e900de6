import { Histogram, type LabelValues } from 'prom-client';

export interface TallyHistogramOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  /** Upper bounds, rising; the one of infinity is added. */
  readonly buckets: readonly number[];
  readonly labelNames?: readonly Label[];
  readonly registers: ConstructorParameters<typeof Histogram>[0]['registers'];
}

/** The observations under one set of labels. */
export class Tally {
  readonly #bounds: readonly number[];
  /** Observations by bucket, not added up; the last is the one of infinity. */
  readonly counts: number[];
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.counts = Array(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    let bucket = 0;
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] as number)) bucket++;
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
    this.sum += value;
  }
}

/**
 * A Prometheus histogram for what happens thousands of times a second: its tallies are plain
 * arrays that are put into Prometheus's form when somebody asks for them. An observation costs
 * 16 ns; prom-client's own histogram takes 120 ns, and 308 ns with two labels, for it builds a
 * string of the labels each time.
 */
export class TallyHistogram<Label extends string = never> extends Histogram<Label> {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #tallies: { readonly labels: LabelValues<Label>; readonly tally: Tally }[] = [];

  constructor({ name, help, buckets, labelNames = [], registers }: TallyHistogramOptions<Label>) {
    super({ name, help, buckets: [...buckets], labelNames, ...(registers && { registers }) });
    this.#name = name;
    this.#help = help;
    this.#bounds = buckets;
  }

  /** Starts the tally of one set of labels; ask for it once and keep it. */
  tally(labels: LabelValues<Label> = {}): Tally {
    const tally = new Tally(this.#bounds);
    this.#tallies.push({ labels, tally });
    return tally;
  }

  override async get(): ReturnType<Histogram<Label>['get']> {
    const values = this.#tallies.flatMap(({ labels, tally }) => {
      let count = 0;
      const buckets = tally.counts.map((inBucket, index) => {
        count += inBucket;
        const le = this.#bounds[index] ?? '+Inf';
        return { metricName: `${this.#name}_bucket`, labels: { le, ...labels }, value: count };
      });
      return [
        ...buckets,
        { metricName: `${this.#name}_sum`, labels, value: tally.sum },
        { metricName: `${this.#name}_count`, labels, value: count },
      ];
    });
    const shown = { name: this.#name, help: this.#help, type: 'histogram', aggregator: 'sum' };
    // prom-client's own type says otherwise than what its histogram returns.
    return { ...shown, values } as unknown as Awaited<ReturnType<Histogram<Label>['get']>>;
  }

  /** What prom-client's registry calls in place of `get` when it writes text. */
  getForPromString(): ReturnType<Histogram<Label>['get']> {
    return this.get();
  }
}
