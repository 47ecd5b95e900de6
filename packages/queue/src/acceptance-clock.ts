/**
 * Stamps requests with the microsecond in which they were accepted: wall-clock time, but strictly
 * rising within the process even when two arrive in one millisecond or the clock is set back. So
 * a section's ledger proves, for each api process, that nobody was served out of turn.
 */
export function createAcceptanceClock(nowMs: () => number = Date.now): () => number {
  let lastUs = 0;
  return () => {
    lastUs = Math.max(lastUs + 1, nowMs() * 1000);
    return lastUs;
  };
}
