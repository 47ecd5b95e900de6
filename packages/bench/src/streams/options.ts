import { parseArgs } from 'node:util';
import { integerOption, UsageError } from '../integer-option.js';

export interface StreamsOptions {
  readonly streams: number;
  readonly rounds: number;
  /** Length of one measurement. */
  readonly seconds: number;
  /** Connections that book, one request at a time on each. */
  readonly connections: number;
}

export const streamsHelp = `A sale with and without a crowd that watches it: decisions a second of POST /bookings, all clients
waiting, with so many open streams of the event that is sold, divided by those without any. Both are
measured in turn, in several rounds of the same run, on a server that is started for it.

  npm run bench:streams -- [options]

  --streams 5000       clients of GET /events/:id/stream, on the one api process
  --rounds 5           measurements of each
  --seconds 5          length of a measurement
  --connections 64     connections that book
  --help               this text

It needs as many file descriptors as streams: ulimit -n. REDIS_URL carries the lanes when it is set,
else PostgreSQL does.`;

/** The options of a command line, or `help`; throws a UsageError that names what is wrong. */
export function parseStreamsOptions(args: readonly string[]): StreamsOptions | 'help' {
  const { values } = readArguments(args);
  if (values.help) return 'help';
  return {
    streams: integerOption('streams', values.streams, { min: 1, max: 50_000 }),
    rounds: integerOption('rounds', values.rounds, { min: 1, max: 100 }),
    // A section holds 1,000,000 seats, and must not be sold out within a measurement.
    seconds: integerOption('seconds', values.seconds, { min: 1, max: 20 }),
    connections: integerOption('connections', values.connections, { min: 1, max: 10_000 }),
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        streams: { type: 'string', default: '5000' },
        rounds: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '5' },
        connections: { type: 'string', default: '64' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
