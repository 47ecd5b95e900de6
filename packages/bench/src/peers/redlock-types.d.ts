/**
 * What is used of redlock 5: the package has types, but its `exports` hide them from TypeScript's
 * NodeNext resolution.
 */
declare module 'redlock' {
  import type { Redis } from 'ioredis';

  export interface Settings {
    readonly retryCount: number;
    readonly retryDelay: number;
    readonly retryJitter: number;
  }

  export interface Lock {
    release(): Promise<unknown>;
  }

  export class ExecutionError extends Error {}

  // biome-ignore lint/style/noDefaultExport: it is how the package exports it.
  export default class Redlock {
    constructor(clients: Iterable<Redis>, settings: Settings);
    acquire(resources: string[], durationMs: number): Promise<Lock>;
  }
}
