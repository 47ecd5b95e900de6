/**
 * The clock of the database, told without asking it: its last answer and the time since by this
 * process's monotonic clock. An answer is older than its arrival, so this clock is behind the
 * database's, by the way an answer takes; it is ahead only when that one runs slower or was set back.
 */
export class DatabaseClock {
  #toldUs = 0;
  #toldAtMs: number | undefined;

  /** The database just said that this is, or was, its time, in microseconds since 1970. */
  told(nowUs: number): void {
    this.#toldUs = nowUs;
    this.#toldAtMs = performance.now();
  }

  /** Whole microseconds since 1970; undefined before the database told its time once. */
  nowUs(): number | undefined {
    if (this.#toldAtMs === undefined) return undefined;
    return this.#toldUs + Math.floor((performance.now() - this.#toldAtMs) * 1000);
  }
}
