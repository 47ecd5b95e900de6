import { type CryptoKey, type JWTPayload, SignJWT } from 'jose';

export const secret = 'a secret that is only for tests, and long enough';

const key = new TextEncoder().encode(secret);

export interface TokenOptions {
  readonly scope?: unknown;
  readonly audience?: string;
  readonly issuer?: string;
  /** From now; negative when it is over. */
  readonly seconds?: number;
  readonly alg?: string;
  readonly key?: CryptoKey | Uint8Array;
  readonly claims?: JWTPayload;
}

/** A token as an issuer would make it. */
export function tokenOf(subject: string, options: TokenOptions = {}): Promise<string> {
  const { scope = 'book events:read', audience, issuer, seconds = 600, claims } = options;
  const token = new SignJWT({ scope, ...claims } as JWTPayload)
    .setProtectedHeader({ alg: options.alg ?? 'HS256' })
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds);
  if (audience !== undefined) token.setAudience(audience);
  if (issuer !== undefined) token.setIssuer(issuer);
  return token.sign(options.key ?? key);
}

/** The same token with one character of a part changed: 0 header, 1 claims, 2 signature. */
export function tampered(token: string, part: 0 | 1 | 2): string {
  const parts = token.split('.');
  const text = parts[part] ?? '';
  const at = Math.floor(text.length / 2);
  parts[part] = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  return parts.join('.');
}
