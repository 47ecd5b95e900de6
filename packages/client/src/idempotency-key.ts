/**
 * A key that nobody else has: 128 random bits. Not `crypto.randomUUID`, which browsers have only on
 * pages that came over TLS.
 */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
