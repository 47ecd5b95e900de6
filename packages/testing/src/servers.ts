import type { ServerKind, TestConfig } from './config.js';
import { startContainers } from './servers-containers.js';
import { startEmbedded } from './servers-embedded.js';
import { useGiven } from './servers-given.js';

/** The servers of one test run. */
export interface Servers {
  readonly kind: ServerKind;
  /** What they are, in words. */
  readonly description: string;
  /** A database whose user may create databases. */
  readonly adminUrl: string;
  readonly redisUrl: string | undefined;
  /** Why there is no Redis, when there is none. */
  readonly withoutRedis: string | undefined;
  stop(): Promise<void>;
}

const starters: Record<ServerKind, (config: TestConfig) => Promise<Servers>> = {
  given: useGiven,
  containers: startContainers,
  embedded: startEmbedded,
};

/**
 * Starts the servers that `TEST_SERVERS` asks for. Left to itself it takes those given by address,
 * else containers, else, when no Docker answers or its images can't be had, the embedded ones.
 *
 * @throws when the kind asked for can't be had.
 */
export async function startServers(config: TestConfig): Promise<Servers> {
  if (config.kind) return starters[config.kind](config);
  if (config.databaseUrl) return useGiven(config);
  try {
    return await startContainers(config);
  } catch (error) {
    const servers = await startEmbedded(config);
    const reason = (error as Error).message.split('\n')[0];
    return { ...servers, description: `${servers.description} (no containers: ${reason})` };
  }
}
