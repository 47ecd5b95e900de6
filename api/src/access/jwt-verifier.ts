import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { ProblemError } from '../problems.js';
import { type Caller, scopesIn } from './caller.js';
import { invalidCredential } from './refusals.js';
import type { AccessConfig } from './settings.js';

/** A caller, and until when the credential that says so holds. */
export interface Identity {
  readonly caller: Caller;
  readonly expiresAtMs: number;
}

type JwtConfig = Pick<AccessConfig, 'jwtSecret' | 'jwksUrl' | 'jwtIssuer' | 'jwtAudience'>;

/** Clocks of issuer and api may differ by this much. */
const clockToleranceSeconds = 5;
const keysFreshForMs = 600_000;
const keysTimeoutMs = 5_000;

/** Callers are kept with their bookings and written into logs: no spaces, no control characters. */
const subjectPattern = /^[\x21-\x7e]{1,200}$/;

/**
 * Verifies tokens. Each algorithm has its own key, HS256 the secret and RS256 and ES256 the keys of
 * the JWKS address, so a token can't choose by which kind of key it is verified; `none` has no key.
 */
export class JwtVerifier {
  readonly #algorithms: readonly string[];
  readonly #keyFor: JWTVerifyGetKey;
  readonly #claims: { readonly issuer?: string; readonly audience?: string };

  constructor({ jwtSecret, jwksUrl, jwtIssuer, jwtAudience }: JwtConfig) {
    const secret = jwtSecret === undefined ? undefined : new TextEncoder().encode(jwtSecret);
    const remote =
      jwksUrl === undefined
        ? undefined
        : createRemoteJWKSet(jwksUrl, {
            cacheMaxAge: keysFreshForMs,
            timeoutDuration: keysTimeoutMs,
          });
    this.#algorithms = [...(secret ? ['HS256'] : []), ...(remote ? ['RS256', 'ES256'] : [])];
    this.#keyFor = async (header, token) => {
      if (header.alg === 'HS256' && secret !== undefined) return secret;
      if (header.alg !== 'HS256' && remote !== undefined) return remote(header, token);
      throw new errors.JOSEAlgNotAllowed();
    };
    this.#claims = {
      ...(jwtIssuer === undefined ? {} : { issuer: jwtIssuer }),
      ...(jwtAudience === undefined ? {} : { audience: jwtAudience }),
    };
  }

  /** The token's caller. Throws a 401 that says what is wrong, a 503 when the keys can't be had. */
  async verify(token: string): Promise<Identity> {
    const { payload } = await jwtVerify(token, this.#keyFor, {
      ...this.#claims,
      algorithms: [...this.#algorithms],
      requiredClaims: ['sub', 'exp'],
      clockTolerance: clockToleranceSeconds,
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    const { sub = '', exp = 0 } = payload;
    if (!subjectPattern.test(sub)) {
      throw invalidCredential('The token’s "sub" must be 1 to 200 visible ASCII characters.');
    }
    return {
      caller: { id: `user:${sub}`, scopes: scopesIn(scopeWords(payload)) },
      expiresAtMs: (exp + clockToleranceSeconds) * 1000,
    };
  }
}

/** RFC 8693 has one text with spaces between the scopes; some issuers make it a list. */
function scopeWords({ scope }: JWTPayload): readonly string[] {
  if (typeof scope === 'string') return scope.split(' ');
  return Array.isArray(scope) ? scope.map(String) : [];
}

function refusalOf(error: unknown): ProblemError {
  if (error instanceof errors.JWTExpired) return invalidCredential('The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return invalidCredential(`The token’s "${error.claim}" is not what it must be here.`);
  }
  const isKeysFault =
    !(error instanceof errors.JOSEError) ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === errors.JOSEError.code;
  if (isKeysFault) {
    return new ProblemError('unavailable', {
      detail: 'The keys to verify tokens with can not be read. Try again in a moment.',
      retryAfterSeconds: 1,
    });
  }
  return invalidCredential('The token is not valid.');
}
