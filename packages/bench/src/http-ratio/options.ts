import { parseArgs } from 'node:util';
import { integerOption, UsageError } from '../integer-option.js';

export interface HttpRatioOptions {
  readonly rounds: number;
  /** Length of one measurement. */
  readonly seconds: number;
  readonly connections: number;
}

export const httpRatioHelp = `Requests a second of POST /bookings, all clients waiting for their outcome, divided by those of a
handler in the same server that only validates and answers. Both are measured in turn, in several
rounds of the same run, on a server that is started for it.

  npm run bench:http -- [options]

  --rounds 5           measurements of each
  --seconds 5          length of a measurement
  --connections 256    one request at a time on each
  --help               this text

REDIS_URL carries the lanes when it is set, else PostgreSQL does; DATABASE_URL and DATA_DIR are
used as by npm start, and without them the data is thrown away afterwards.`;

/** The options of a command line, or `help`; throws a UsageError that names what is wrong. */
export function parseHttpRatioOptions(args: readonly string[]): HttpRatioOptions | 'help' {
  const { values } = readArguments(args);
  if (values.help) return 'help';
  return {
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
        rounds: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '5' },
        connections: { type: 'string', default: '256' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
