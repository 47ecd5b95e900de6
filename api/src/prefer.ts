/** Seconds a client can wait for its outcome at most. */
export const waitSecondsMax = 30;

/** One preference with its parameters; a comma in quotes doesn't end it. */
const preferencePattern = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;
const asyncPattern = /^\s*respond-async\s*(?:;|$)/i;
const waitPattern = /^\s*wait\s*=\s*(?:"(\d+)"|(\d+))\s*(?:;|$)/i;

/**
 * The seconds of `wait=N` in a Prefer header (RFC 7240), at most 30; undefined without one. As
 * the RFC asks, preferences that are unknown or make no sense are passed over, not refused.
 */
export function preferredWaitSeconds(header: string | string[] | undefined): number | undefined {
  if (header === undefined) return undefined;
  for (const preference of String(header).match(preferencePattern) ?? []) {
    const [, quoted, plain] = waitPattern.exec(preference) ?? [];
    const seconds = quoted ?? plain;
    if (seconds !== undefined) return Math.min(Number(seconds), waitSecondsMax);
  }
  return undefined;
}

/** Whether a Prefer header asks for an answer at once, before the outcome is known. */
export const prefersAsync = (header: string | string[] | undefined): boolean =>
  header !== undefined &&
  (String(header).match(preferencePattern) ?? []).some((preference) =>
    asyncPattern.test(preference),
  );
