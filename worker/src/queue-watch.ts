import { type Engine, within } from '@stile/queue';

const pingEveryMs = 1_000;
const answerMsMax = 2_000;
/**
 * One alone may be the fault of this process, whose loop was blocked. Two take longer than a Redis
 * takes to restart, for which lanes need not move.
 */
const failuresMax = 2;

/**
 * Tells whether any server of the queue can be reached from here. A worker that is cut off from them
 * alone keeps its session in PostgreSQL, and with it lanes that others could work on.
 *
 * States: watching → stopped.
 */
export class QueueWatch {
  readonly #engine: Pick<Engine, 'pingAny'>;
  readonly #onChange: (isReachable: boolean) => void;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(engine: Pick<Engine, 'pingAny'>, onChange: (isReachable: boolean) => void) {
    this.#engine = engine;
    this.#onChange = onChange;
  }

  get isReachable(): boolean {
    return this.#failures < failuresMax;
  }

  start(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.#look().then(() => this.start()), pingEveryMs);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const wasReachable = this.isReachable;
    const ping = within(this.#engine.pingAny(), answerMsMax, 'asking the queue for an answer');
    this.#failures = await ping.then(
      () => 0,
      () => this.#failures + 1,
    );
    if (this.isReachable !== wasReachable) this.#onChange(this.isReachable);
  }
}
