import { timingSafeEqual } from 'node:crypto';
import { type Database, findApiKey, hashOfApiKey, idOfApiKey } from '@stile/db';
import { scopesIn } from './caller.js';
import type { Identity } from './jwt-verifier.js';
import { invalidCredential } from './refusals.js';

/** How long a key that was found good is not looked up again: so long a revoked one still works. */
export const apiKeyFreshForMs = 10_000;

/** Verifies API keys against their hashes in the database. */
export class ApiKeyVerifier {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The key's caller, known for ten seconds. Throws a 401 for an unknown or revoked key. */
  async verify(key: string): Promise<Identity> {
    const id = idOfApiKey(key);
    const stored = id === undefined ? undefined : await findApiKey(this.#db, id);
    const isRight = stored !== undefined && sameHash(stored.hash, hashOfApiKey(key));
    if (!isRight) throw invalidCredential('The API key is not known.');
    if (stored.revokedAt !== null) throw invalidCredential('The API key was revoked.');
    return {
      caller: { id: `key:${stored.id}`, scopes: scopesIn(stored.scopes) },
      expiresAtMs: Date.now() + apiKeyFreshForMs,
    };
  }
}

const sameHash = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
