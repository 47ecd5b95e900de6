import { parseArgs } from 'node:util';
import { capacityMax } from '@stile/core';
import { integerOption, UsageError } from '../integer-option.js';

/** `wait`: each request waits for its outcome. `poll`: it is queued, and its booking asked for. */
export type SaleMode = 'wait' | 'poll';

export interface FlashSaleOptions {
  readonly seats: number;
  readonly buyers: number;
  /** Connections that the buyers share; each carries one request at a time. */
  readonly connections: number;
  readonly mode: SaleMode;
  /** Seats that each buyer asks for. */
  readonly quantity: number;
  /** A running server; without one the port of the environment is tried. */
  readonly url: string | undefined;
}

export const flashSaleHelp = `A flash sale to watch: many buyers ask for few seats at once. It ends with a proof that
nothing was oversold, nobody was served out of turn and every request was answered.

  npm run flash-sale -- [options]

  --seats 500          seats in the section
  --buyers 5000        requests
  --connections 256    connections they share, one request at a time on each
  --quantity 1         seats that each buyer asks for
  --mode wait          wait: each request waits for its outcome
                       poll: it is queued, then GET /bookings/:id when the server says so
  --url <address>      a running server, such as http://127.0.0.1:3000
  --help               this text

Without --url the server on PORT (3000) is used; when none answers there, one is started for the
sale and stopped after it. The proof reads the database of the server: DATABASE_URL, or the one
that was started; when neither is known it is read over HTTP. A server started for the sale keeps
its data in DATA_DIR, if that is set, and carries its lanes on REDIS_URL, if that is set.
The exit code is 0 when the proof holds, 1 when it does not, 2 for a wrong command line.`;

/** The options of a command line, or `help`; throws a UsageError that names what is wrong. */
export function parseFlashSaleOptions(args: readonly string[]): FlashSaleOptions | 'help' {
  const { values } = readArguments(args);
  if (values.help) return 'help';
  const seats = integerOption('seats', values.seats, { min: 1, max: capacityMax });
  return {
    seats,
    buyers: integerOption('buyers', values.buyers, { min: 1, max: 1_000_000 }),
    connections: integerOption('connections', values.connections, { min: 1, max: 10_000 }),
    mode: saleMode(values.mode),
    quantity: integerOption('quantity', values.quantity, { min: 1, max: capacityMax }),
    url: values.url === undefined ? undefined : origin(values.url),
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seats: { type: 'string', default: '500' },
        buyers: { type: 'string', default: '5000' },
        connections: { type: 'string', default: '256' },
        mode: { type: 'string', default: 'wait' },
        quantity: { type: 'string', default: '1' },
        url: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function saleMode(text: string): SaleMode {
  if (text === 'wait' || text === 'poll') return text;
  throw new UsageError(`--mode must be wait or poll, not "${text}"`);
}

function origin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin;
  throw new UsageError(`--url must be an address such as http://127.0.0.1:3000, not "${text}"`);
}
