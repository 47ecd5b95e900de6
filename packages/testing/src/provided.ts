import { inject } from 'vitest';
import type { ServerKind } from './config.js';

/** What the global setup hands to every test file. */
export interface ProvidedServers {
  readonly kind: ServerKind;
  /** Tells the names of this run from those of others on the same servers. */
  readonly run: string;
  readonly adminUrl: string;
  readonly template: string;
  readonly redisUrl: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    stileServers: ProvidedServers;
  }
}

/** @throws outside `*.int.test.ts`, the files that the global setup starts servers for. */
export function providedServers(): ProvidedServers {
  const servers = inject('stileServers');
  if (!servers) throw new Error('@stile/testing is for *.int.test.ts files: no servers run here.');
  return servers;
}
