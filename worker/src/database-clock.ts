/**
 * The clock of the database, told without asking it: its last answer and the time since by this
 * process's monotonic clock. An answer is older than its arrival, so this clock is behind the
 * database's, by the way an answer takes; it is ahead only when that one runs slower or was set back.
 */
export class DatabaseClock {
  #toldUs = 0;
  #toldAtMs: number | undefined;
  #lastUs = 0;

  /** The database just said that this is, or was, its time, in microseconds since 1970. */
  told(nowUs: number): void {
    this.#toldUs = nowUs;
    this.#toldAtMs = performance.now();
  }

  /**
   * Whole microseconds since 1970, never fewer than it said before; undefined before the database
   * told its time once.
   */
  nowUs(): number | undefined {
    if (this.#toldAtMs === undefined) return undefined;
    const sinceUs = Math.floor((performance.now() - this.#toldAtMs) * 1000);
    this.#lastUs = Math.max(this.#lastUs, this.#toldUs + sinceUs);
    return this.#lastUs;
  }

  /** What it said may have been wrong: the database is to tell its time again. */
  forget(): void {
    this.#toldAtMs = undefined;
    this.#lastUs = 0;
  }
}
