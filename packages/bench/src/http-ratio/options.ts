import { parseArgs } from 'node:util';
import { integerOption, UsageError } from '../integer-option.js';

/** What is compared with what, see the help. */
export const comparisons = ['validate', 'guarded'] as const;
export type Comparison = (typeof comparisons)[number];

export interface HttpRatioOptions {
  readonly compare: Comparison;
  readonly rounds: number;
  /** Length of one measurement. */
  readonly seconds: number;
  readonly connections: number;
}

export const httpRatioHelp = `Two rates of the same run, measured in turn in several rounds, and their ratio: requests a second of
POST /bookings, all clients waiting for their outcome, on a server that is started for it.

  --compare validate   divided by those of a handler in the same server that only validates and answers
  --compare guarded    of a second server that knows its callers by their tokens and counts their
                       requests against limits, divided by those of one that is open to everybody

  npm run bench:http -- [options]

  --compare validate   see above
  --rounds 5           measurements of each
  --seconds 5          length of a measurement
  --connections 256    one request at a time on each
  --help               this text

REDIS_URL carries the lanes when it is set, else PostgreSQL does; DATABASE_URL and DATA_DIR are
used as by npm start, and without them the data is thrown away afterwards. \`guarded\` starts two
servers and so takes neither.`;

/** The options of a command line, or `help`; throws a UsageError that names what is wrong. */
export function parseHttpRatioOptions(args: readonly string[]): HttpRatioOptions | 'help' {
  const { values } = readArguments(args);
  if (values.help) return 'help';
  const compare = comparisons.find((name) => name === values.compare);
  if (compare === undefined) {
    throw new UsageError(`--compare is ${comparisons.join(' or ')}, not ${values.compare}`);
  }
  return {
    compare,
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
        compare: { type: 'string', default: 'validate' },
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
