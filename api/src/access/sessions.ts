import { hkdfSync } from 'node:crypto';
import { type Database, findApiKey } from '@stile/db';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { type Caller, isOperator, scopesIn } from './caller.js';
import type { Identity } from './jwt-verifier.js';
import { invalidCredential } from './refusals.js';

/** Seconds a session lasts at most; one begun with a token ends with it. */
const sessionSecondsMax = 8 * 3_600;
/** So long a session goes on after its API key was revoked. */
const freshForMs = 10_000;
const rememberedMax = 1_000;
const audience = 'stile:session';
const keyBytes = 32;

export interface NewSession {
  /** What the cookie holds. */
  readonly token: string;
  readonly seconds: number;
}

/**
 * Sessions of operators: signed tokens that only a cookie carries. Nothing is stored, so they hold
 * in every api process with the same secret. Their key is derived, so that no token of an issuer
 * is a session and no session is a token.
 */
export class Sessions {
  readonly #key: Uint8Array;
  readonly #db: Database;
  readonly #known: LRUCache<string, Caller>;

  constructor(secret: string | Uint8Array, db: Database) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', audience, keyBytes));
    this.#db = db;
    this.#known = new LRUCache<string, Caller>({
      max: rememberedMax,
      ttl: freshForMs,
      fetchMethod: (token) => this.#verify(token),
    });
  }

  /** A session for this caller, who must be an operator. */
  async begin({ caller, expiresAtMs }: Identity): Promise<NewSession> {
    const id = caller.id ?? '';
    const leftSeconds = id.startsWith('key:')
      ? sessionSecondsMax
      : Math.floor((expiresAtMs - Date.now()) / 1000);
    const seconds = Math.max(1, Math.min(sessionSecondsMax, leftSeconds));
    const token = await new SignJWT({ scope: [...caller.scopes].join(' ') })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(id)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .sign(this.#key);
    return { token, seconds };
  }

  /** The operator of a session; throws or rejects with a 401 when there is none any more. */
  callerOf(token: string): Caller | Promise<Caller> {
    return this.#known.get(token) ?? this.#known.forceFetch(token);
  }

  async #verify(token: string): Promise<Caller> {
    const options = { algorithms: ['HS256'], audience, requiredClaims: ['sub', 'exp'] };
    const { payload } = await jwtVerify(token, this.#key, options).catch(() => {
      throw ended();
    });
    const { sub = '', scope } = payload;
    const scopes = await this.#scopesNow(sub, String(scope));
    const caller = { id: sub, scopes: scopesIn(scopes) };
    if (!isOperator(caller)) throw ended();
    return caller;
  }

  /** Those of an API key are looked up: it may have been revoked. */
  async #scopesNow(id: string, scope: string): Promise<readonly string[]> {
    if (!id.startsWith('key:')) return scope.split(' ');
    const key = await findApiKey(this.#db, id.slice('key:'.length));
    return key === undefined || key.revokedAt !== null ? [] : key.scopes;
  }
}

const ended = () => invalidCredential('The session is over. Log in again at /login.');
