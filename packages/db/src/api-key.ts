import { createHash, randomBytes } from 'node:crypto';

/**
 * An API key is `stile_<id>_<secret>`: the id, 12 hex digits, names it in lists and logs, and the
 * secret has 256 random bits. Whoever finds one in a log or a repository knows what it is.
 */
const pattern = /^stile_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/;

export interface NewApiKey {
  readonly id: string;
  /** The whole key; shown once, and kept nowhere. */
  readonly key: string;
}

export function newApiKey(): NewApiKey {
  const id = randomBytes(6).toString('hex');
  return { id, key: `stile_${id}_${randomBytes(32).toString('base64url')}` };
}

/** Whether this is meant to be an API key, right or wrong. */
export const looksLikeApiKey = (text: string): boolean => text.startsWith('stile_');

/** The id in an API key; undefined when it has not the form of one. */
export const idOfApiKey = (key: string): string | undefined => pattern.exec(key)?.[1];

/** What is kept of an API key, in hex. */
export const hashOfApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');
