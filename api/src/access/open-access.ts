import { randomBytes } from 'node:crypto';
import type { Database } from '@stile/db';
import type { Logger } from 'pino';
import { RateLimiter } from '../limits/rate-limiter.js';
import { countsInPostgres } from '../limits/shared-counts.js';
import type { LoginRoutesOptions } from '../routes/login.js';
import { ApiKeyVerifier } from './api-key-verifier.js';
import { Credentials } from './credentials.js';
import { JwtVerifier } from './jwt-verifier.js';
import { Sessions } from './sessions.js';
import type { AccessConfig } from './settings.js';
import type { AccessOptions } from './use-access.js';

const attempts = { limit: 10, windowSeconds: 60 };
const secretBytes = 32;

/** What tells callers apart, and what lets operators log in. */
export type OpenAccess = AccessOptions & LoginRoutesOptions;

/** Opens what the configuration asks for; undefined, with a warning, when all are let in. */
export function openAccess(
  config: AccessConfig | undefined,
  db: Database,
  logger: Logger,
): OpenAccess | undefined {
  if (config === undefined) {
    logger.warn(
      'OPEN TO EVERYBODY: whoever reaches this address may do everything; ' +
        'set JWT_SECRET, JWKS_URL or API_KEYS=true',
    );
    return undefined;
  }
  if (config.sessionSecret === undefined) {
    logger.warn('sessions end with this process and hold for it alone: set SESSION_SECRET');
  }
  const takesTokens = config.jwtSecret !== undefined || config.jwksUrl !== undefined;
  return {
    credentials: new Credentials({
      jwt: takesTokens ? new JwtVerifier(config) : undefined,
      apiKeys: config.apiKeys ? new ApiKeyVerifier(db) : undefined,
      metricsToken: config.metricsToken,
    }),
    sessions: new Sessions(config.sessionSecret ?? randomBytes(secretBytes), db),
    attempts: new RateLimiter({
      ...attempts,
      shared: countsInPostgres(db, 'login', attempts.windowSeconds),
      onError: (err) => logger.warn({ err }, 'attempts to log in are counted here only'),
    }),
    publicEvents: config.publicEvents,
    secureCookies: config.secureCookies,
  };
}
