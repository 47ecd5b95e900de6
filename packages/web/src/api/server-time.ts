/** A `Date` header has whole seconds; a difference below this says nothing about the clocks. */
const differenceMsMin = 2_000;

let aheadMs = 0;

/** Compares the server's clock with ours, from the `Date` header of an answer. */
export function learnServerTime(date: string | null): void {
  const differenceMs = date === null ? 0 : Date.parse(date) - Date.now();
  aheadMs = Math.abs(differenceMs) < differenceMsMin ? 0 : differenceMs;
}

/** Milliseconds since 1970 by the server's clock: countdowns must not go by a wrong one of ours. */
export const serverNow = (): number => Date.now() + aheadMs;
