import { type DestinationStream, type Logger, pino } from 'pino';

export interface LoggerOptions {
  readonly name: string;
  readonly level: string;
  /** For people at a terminal, in place of lines of JSON. */
  readonly pretty: boolean;
  /**
   * Gathers lines for a quarter of a second: a line of log must not cost a request a write to the
   * disk. What was gathered is lost when the process is killed.
   */
  readonly buffered: boolean;
}

/** A process's log on its standard output, and what writes the rest of it before the process ends. */
export interface ProcessLog {
  readonly logger: Logger;
  flush(): void;
}

/** What must not be read in a log, wherever in an object that is logged it stands. */
const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'connectionString',
];
const redact = {
  paths: secretNames.flatMap((name) =>
    ['', '*', '*.*', '*.*.*'].map((above) => `${above}["${name}"]`),
  ),
  censor: '[redacted]',
};

/**
 * What is logged of an error. Of a query that failed, drizzle's error spells out all values, several
 * times: they are the buyers', and those of a query for hundreds of ids would be written for everybody
 * who asked. So what the database said is logged, with the query's text.
 */
function describeError(error: Error): unknown {
  const { query, cause } = error as { query?: unknown; cause?: unknown };
  if (typeof query !== 'string' || !('params' in error) || !(cause instanceof Error)) {
    return pino.stdSerializers.err(error);
  }
  return { ...pino.stdSerializers.err(cause), query };
}

const serializers = { err: describeError };

/** The options of a process's logger; secrets and buyers' values are left out of what it writes. */
export const logOptions = (name: string, level: string) => ({ name, level, redact, serializers });

const bufferBytes = 4_096;
const flushMs = 250;

/**
 * Opens a process's log: JSON, or readable lines where pino-pretty is installed, which it is only
 * for development. It is not loaded otherwise.
 */
export async function openLog({
  name,
  level,
  pretty,
  buffered,
}: LoggerOptions): Promise<ProcessLog> {
  const readable = pretty ? await openPretty() : undefined;
  if (readable !== undefined) {
    return { logger: pino(logOptions(name, level), readable), flush: () => undefined };
  }
  const destination = pino.destination(
    buffered ? { sync: false, minLength: bufferBytes, periodicFlush: flushMs } : { sync: true },
  );
  return {
    logger: pino(logOptions(name, level), destination),
    flush: () => destination.flushSync(),
  };
}

async function openPretty(): Promise<DestinationStream | undefined> {
  try {
    const { default: pretty } = await import('pino-pretty');
    return pretty({ ignore: 'pid,hostname', sync: true });
  } catch {
    return undefined;
  }
}
