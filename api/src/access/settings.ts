import { type Static, Type } from 'typebox';

/** 256 bits in the least dense spelling anybody uses would be 64 digits; 32 characters is the least. */
const secretLengthMin = 32;

const Secret = Type.String({ minLength: secretLengthMin });

/** The environment that says who may call. */
export const accessSettings = {
  /** Verifies tokens signed with HS256. */
  JWT_SECRET: Type.Optional(Secret),
  /** Where the keys of tokens signed with RS256 or ES256 are. */
  JWKS_URL: Type.Optional(Type.String({ minLength: 1 })),
  JWT_ISSUER: Type.Optional(Type.String({ minLength: 1 })),
  JWT_AUDIENCE: Type.Optional(Type.String({ minLength: 1 })),
  /** Lets callers in by the keys that `npm run api-keys` makes. */
  API_KEYS: Type.Boolean({ default: false }),
  /** Lets everybody read events, without a credential. */
  PUBLIC_EVENTS: Type.Boolean({ default: false }),
  /** Lets Prometheus read /metrics, and nothing else. */
  METRICS_TOKEN: Type.Optional(Secret),
  /** Signs the sessions of operators; without it one is derived from JWT_SECRET, or made up. */
  SESSION_SECRET: Type.Optional(Secret),
  /** Cookies are for TLS only; true in production unless it says otherwise. */
  SECURE_COOKIES: Type.Optional(Type.Boolean()),
  NODE_ENV: Type.Optional(Type.String()),
};
const Settings = Type.Object(accessSettings);

/** Who may call: at least one of secret, jwksUrl and apiKeys is there. */
export interface AccessConfig {
  readonly jwtSecret: string | undefined;
  readonly jwksUrl: URL | undefined;
  readonly jwtIssuer: string | undefined;
  readonly jwtAudience: string | undefined;
  readonly apiKeys: boolean;
  readonly publicEvents: boolean;
  readonly metricsToken: string | undefined;
  /** Signs sessions; undefined when each process has to make one up. */
  readonly sessionSecret: string | undefined;
  readonly secureCookies: boolean;
}

/**
 * Who may call; undefined when nothing says so, and everybody may do everything. Throws, and says
 * what to set, when that would be in production or when the settings can't be meant.
 */
export function accessFrom(env: Static<typeof Settings>): AccessConfig | undefined {
  const { JWT_SECRET, JWKS_URL, JWT_ISSUER, JWT_AUDIENCE, API_KEYS, PUBLIC_EVENTS } = env;
  if (JWT_SECRET === undefined && JWKS_URL === undefined && !API_KEYS) {
    if (env.NODE_ENV !== 'production') return undefined;
    throw new Error(
      'with NODE_ENV=production the server does not start open to everybody: ' +
        'set JWT_SECRET, JWKS_URL or API_KEYS=true',
    );
  }
  return {
    jwtSecret: JWT_SECRET,
    jwksUrl: JWKS_URL === undefined ? undefined : jwksUrlFrom(JWKS_URL, env),
    jwtIssuer: JWT_ISSUER,
    jwtAudience: JWT_AUDIENCE,
    apiKeys: API_KEYS,
    publicEvents: PUBLIC_EVENTS,
    metricsToken: env.METRICS_TOKEN,
    sessionSecret: env.SESSION_SECRET ?? JWT_SECRET,
    secureCookies: env.SECURE_COOKIES ?? env.NODE_ENV === 'production',
  };
}

/** Hosts that are this machine: nobody is on the way who could change the keys. */
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Other services trust the same issuer: without an audience, their tokens would be let in here. */
function jwksUrlFrom(text: string, env: Static<typeof Settings>): URL {
  if (env.JWT_ISSUER === undefined || env.JWT_AUDIENCE === undefined) {
    throw new Error('JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE: whose tokens, and for whom');
  }
  if (!URL.canParse(text)) throw new Error('JWKS_URL is not an address');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !loopback.has(url.hostname)) {
    throw new Error('JWKS_URL must be an https address');
  }
  return url;
}
