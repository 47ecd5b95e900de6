const factor = 4;
const delayMsMax = 6 * 60 * 60 * 1000;

/**
 * Attempts at one delivery. With the first retry after 5 s, then four times as long up to six
 * hours, they last for more than five days: after that a webhook that never answers is disabled.
 */
export const attemptsMax = 30;

/** Milliseconds until a delivery is tried again that failed so many times, 1 or more. */
export const retryDelayMs = (failures: number, firstMs: number): number =>
  Math.min(delayMsMax, firstMs * factor ** (failures - 1));
