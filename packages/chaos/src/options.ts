import { parseArgs } from 'node:util';
import { type FaultKind, faultKinds } from './faults/fault.js';

export const engineNames = ['postgres', 'redis'] as const;
export type EngineName = (typeof engineNames)[number];

export interface ChaosOptions {
  readonly seconds: number;
  /** Requests to book that are begun each second. */
  readonly rate: number;
  readonly engines: readonly EngineName[];
  /** Repeats the faults, their targets and their times, and what each buyer wants. */
  readonly seed: number;
  readonly faults: readonly FaultKind[];
  /** Breaks nothing, and asks one lane for many times what it can decide. */
  readonly overload: boolean;
}

/** Thrown for a command line that makes no sense; the message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const chaosHelp = `Runs two api and three worker processes on servers of their own, lets buyers book, hold,
confirm, cancel, poll and retry, and breaks one thing after another. In the end what every buyer was
told is compared with the database.

  npm run chaos -- [options]

  --seconds 60          how long buyers keep coming
  --rate 1000           requests to book begun each second
  --engine both         redis, postgres, or both one after the other
  --seed <number>       repeats a run's faults and wishes; a new one each time, and printed
  --faults <kind,…>     only these: ${faultKinds.slice(0, 4).join(', ')},
                        ${faultKinds.slice(4, 8).join(', ')},
                        ${faultKinds.slice(8).join(', ')}
  --overload            no faults: asks one lane that decides one request at a time for many times
                        what it can do, for as long as --seconds says
  --help                this text

The exit code is 0 when nothing was violated, 1 when something was, 2 for a wrong command line.`;

/** The options of a command line, or `help`; throws a UsageError that names what is wrong. */
export function parseChaosOptions(args: readonly string[], newSeed: number): ChaosOptions | 'help' {
  const { values } = readArguments(args);
  if (values.help) return 'help';
  return {
    seconds: integer('seconds', values.seconds, 1, 86_400),
    rate: integer('rate', values.rate, 1, 20_000),
    engines: enginesIn(values.engine),
    seed: values.seed === undefined ? newSeed : integer('seed', values.seed, 0, 2 ** 31 - 1),
    faults: values.faults === undefined ? faultKinds : values.faults.split(',').map(faultKindIn),
    overload: values.overload,
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seconds: { type: 'string', default: '60' },
        rate: { type: 'string', default: '1000' },
        engine: { type: 'string', default: 'both' },
        seed: { type: 'string' },
        faults: { type: 'string' },
        overload: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function integer(name: string, text: string, min: number, max: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, not "${text}"`);
}

function enginesIn(text: string): readonly EngineName[] {
  if (text === 'both') return engineNames;
  const engine = engineNames.find((name) => name === text);
  if (engine !== undefined) return [engine];
  throw new UsageError(`--engine must be redis, postgres or both, not "${text}"`);
}

function faultKindIn(text: string): FaultKind {
  const kind = faultKinds.find((name) => name === text);
  if (kind !== undefined) return kind;
  throw new UsageError(`--faults knows ${faultKinds.join(', ')}, not "${text}"`);
}
