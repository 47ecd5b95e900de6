/** A server that can be taken down and brought back, its data kept. */
export interface FaultyServer {
  /** Ends it as a power cut would: nothing is written or said. */
  kill(): Promise<void>;
  /** Starts it again at the same address; resolves when it takes connections. */
  restart(): Promise<void>;
  /** Stops it in mid-air: its connections stay open and nothing answers. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

/** PostgreSQL and, for the Redis engine, Redis, made for one run. */
export interface ChaosServers {
  /** The run's own database; its user may change the server's settings. */
  readonly databaseUrl: string;
  readonly postgres: FaultyServer;
  readonly redisUrl: string | undefined;
  readonly redis: FaultyServer | undefined;
  /** Stops both and removes what they stored. Safe to call twice. */
  stop(): Promise<void>;
}
