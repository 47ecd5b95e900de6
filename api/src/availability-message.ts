import type { Availability } from '@stile/db';

/**
 * These sections as `availability` events of a stream (server-sent events). The last one carries
 * the id by which a client resumes: the event's version, which is reached when all of them are read.
 */
export function encodeAvailability(
  sections: readonly Availability[],
  eventVersion: number,
): Buffer {
  const messages = sections.map(({ sectionId, remaining, version }, index) => {
    const id = index === sections.length - 1 ? `id: ${eventVersion}\n` : '';
    const data = JSON.stringify({ sectionId, remaining, version });
    return `event: availability\n${id}data: ${data}\n\n`;
  });
  return Buffer.from(messages.join(''));
}

/** A comment, which keeps proxies from taking a quiet stream for a dead one. */
export const heartbeat = Buffer.from(':\n\n');

/** Milliseconds after which a client whose stream broke asks again. */
export const encodeRetry = (ms: number): Buffer => Buffer.from(`retry: ${ms}\n\n`);
