import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

const exposed = [
  ...['Location', 'Retry-After', 'Preference-Applied', 'Idempotency-Replayed'],
  ...['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'],
];
const allowed = ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID', 'Prefer'];
const methods = ['GET', 'POST', 'PATCH', 'DELETE'];
const preflightSeconds = 600;

/**
 * Lets the pages of these sites call from a browser, with a token: cookies are never for another
 * site. Register before anything that asks who calls: a preflight carries no credential.
 */
export async function useCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: [...origins],
    credentials: false,
    methods,
    allowedHeaders: allowed,
    exposedHeaders: exposed,
    maxAge: preflightSeconds,
  });
}

/** The origins of a list with commas between them; throws and names one that is none. */
export function originsIn(list: string | undefined): readonly string[] {
  const origins = (list ?? '').split(',').map((text) => text.trim());
  return origins
    .filter((text) => text !== '')
    .map((text) => {
      if (URL.canParse(text) && new URL(text).origin === text) return text;
      throw new Error(`CORS_ORIGINS: "${text}" is no origin such as https://shop.example`);
    });
}
