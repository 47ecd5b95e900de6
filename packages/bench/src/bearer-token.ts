import { SignJWT } from 'jose';

/** An HS256 token for a server that we start, good for so many seconds; negative ones are past. */
export function bearerToken(
  secret: string,
  { subject, scope, seconds }: { subject: string; scope: string; seconds: number },
): Promise<string> {
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(new TextEncoder().encode(secret));
}
