import { Counter, Gauge, type Registry } from 'prom-client';

/** Why a lane's loop did not simply go on. */
export type LaneTrouble =
  /** A server failed or did not answer: the lane pauses and tries again. */
  | 'retried'
  /** The lane has a newer owner. */
  | 'fenced'
  /** A job of an earlier owner came first. */
  | 'passed_over'
  /** A command could not be stored, whatever was tried. */
  | 'given_up'
  /** A job that no api made was put aside. */
  | 'forged';

const troubles: readonly LaneTrouble[] = ['retried', 'fenced', 'passed_over', 'given_up', 'forged'];

/** Shows which share of the lanes this worker has, and counts what got into its way. */
export class LaneMetrics {
  readonly #troubles: Counter<'cause'>;

  constructor(registry: Registry, lanesOwned: () => number) {
    new Gauge({
      name: 'stile_lanes_owned',
      help: 'Lanes in which this worker decides.',
      registers: [registry],
      collect() {
        this.set(lanesOwned());
      },
    });
    this.#troubles = new Counter({
      name: 'stile_lane_troubles_total',
      help: 'What kept lanes from simply going on, by cause.',
      labelNames: ['cause'],
      registers: [registry],
    });
    for (const cause of troubles) this.#troubles.inc({ cause }, 0);
  }

  trouble(cause: LaneTrouble): void {
    this.#troubles.inc({ cause });
  }
}
