import { parseArgs } from 'node:util';
import { integerOption, UsageError } from '../integer-option.js';
import { defaultSizes, fullSizes, quickSizes, type Sizes } from './sizes.js';

/** The parts of a run, in their order. */
export const partNames = [
  'hot',
  'connections',
  'sections',
  'sale',
  'mixed',
  'reserved',
  'open',
  'polling',
  'limits',
  'network',
  'growth',
] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly parts: ReadonlySet<PartName>;
  readonly sizes: Sizes;
  /** A folder for the report; undefined prints only. */
  readonly out: string | undefined;
  /** The results.json of an earlier run, to report on without measuring. */
  readonly from: string | undefined;
}

export const benchHelp = `Stile beside the strategies that it replaces, on the same servers, in the same run.

  npm run bench -- [options]

  --quick              one short round of everything, in a few minutes, with peers as they come
  --full               up to five million rows, five rounds
  --only hot,growth    these parts only: ${partNames.join(', ')}
  --rounds <n>         measurements of each contender
  --seconds <n>        length of a measurement
  --out <folder>       write the page, results.json and the charts there
  --from <file>        measure nothing; report on the results.json of an earlier run
  --help               this text

Without options it is meant to take about a quarter of an hour on two free cores. Servers: DATABASE_URL, or an
embedded PostgreSQL; REDIS_URL, or a redis-server of the PATH. Whatever it makes there it removes.`;

/** The options of a command line, or `help`; throws a UsageError that names what is wrong. */
export function parseBenchOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = readArguments(args);
  if (values.help) return 'help';
  if (values.quick && values.full) throw new UsageError('--quick and --full exclude each other');
  const sizes = values.quick ? quickSizes : values.full ? fullSizes : defaultSizes;
  const rounds = optionalInteger('rounds', values.rounds, 100);
  return {
    parts: new Set(values.only === undefined ? partNames : values.only.split(',').map(partName)),
    sizes: {
      ...sizes,
      rounds: rounds ?? sizes.rounds,
      sweepRounds: rounds ?? sizes.sweepRounds,
      seconds: optionalInteger('seconds', values.seconds, 20) ?? sizes.seconds,
    },
    out: values.out,
    from: values.from,
  };
}

const optionalInteger = (name: string, text: string | undefined, max: number) =>
  text === undefined ? undefined : integerOption(name, text, { min: 1, max });

function partName(text: string): PartName {
  const name = partNames.find((candidate) => candidate === text);
  if (name === undefined) {
    throw new UsageError(`--only takes ${partNames.join(', ')}, not "${text}"`);
  }
  return name;
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        full: { type: 'boolean', default: false },
        only: { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        out: { type: 'string' },
        from: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
