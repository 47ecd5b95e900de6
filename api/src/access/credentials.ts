import { hash, timingSafeEqual } from 'node:crypto';
import { looksLikeApiKey } from '@stile/db';
import { LRUCache } from 'lru-cache';
import type { ApiKeyVerifier } from './api-key-verifier.js';
import { type Caller, scopesIn } from './caller.js';
import type { Identity, JwtVerifier } from './jwt-verifier.js';
import { invalidCredential } from './refusals.js';

export interface CredentialsOptions {
  readonly jwt: JwtVerifier | undefined;
  readonly apiKeys: ApiKeyVerifier | undefined;
  /** Lets its bearer read metrics, and nothing else. */
  readonly metricsToken?: string | undefined;
}

const rememberedMax = 50_000;
/** A token is verified again after this long, should its issuer have changed its keys. */
const freshForMsMax = 300_000;
/** Longer than any key, and than tokens that fit into the headers beside others. */
const credentialLengthMax = 8_192;

/**
 * Tells callers by their credentials. What was verified is remembered until it expires, five
 * minutes at most, under its SHA-256: a request within costs one hash and one look into a map.
 */
export class Credentials {
  readonly #options: CredentialsOptions;
  readonly #known: LRUCache<string, Identity, string>;

  constructor(options: CredentialsOptions) {
    this.#options = options;
    this.#known = new LRUCache<string, Identity, string>({
      max: rememberedMax,
      ttl: freshForMsMax,
      // lru-cache lets everyone with the same credential meanwhile wait for one verification.
      fetchMethod: async (_hash, _stale, { context: credential, options }) => {
        const identity = await this.verify(credential);
        options.ttl = Math.max(1, Math.min(freshForMsMax, identity.expiresAtMs - Date.now()));
        return identity;
      },
    });
  }

  /** The caller with this credential, at once when it is known; throws or rejects with a 401. */
  callerOf(credential: string): Caller | Promise<Caller> {
    if (credential.length > credentialLengthMax) throw invalidCredential('It is too long.');
    const key = hash('sha256', credential, 'base64');
    const known = this.#known.get(key);
    if (known !== undefined) return known.caller;
    return this.#known.forceFetch(key, { context: credential }).then(({ caller }) => caller);
  }

  /** Verifies a credential whatever is remembered of it. */
  async verify(credential: string): Promise<Identity> {
    const { jwt, apiKeys, metricsToken } = this.#options;
    if (metricsToken !== undefined && isSame(credential, metricsToken)) {
      return { caller: scraper, expiresAtMs: Number.POSITIVE_INFINITY };
    }
    if (looksLikeApiKey(credential)) {
      if (apiKeys === undefined) throw invalidCredential('API keys are not taken here.');
      return apiKeys.verify(credential);
    }
    if (jwt === undefined) throw invalidCredential('Tokens are not taken here, only API keys.');
    return jwt.verify(credential);
  }
}

const scraper: Caller = { id: 'metrics', scopes: scopesIn(['metrics:read']) };

/** Compares hashes, which have one length, in a time that tells nothing. */
const isSame = (a: string, b: string): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
