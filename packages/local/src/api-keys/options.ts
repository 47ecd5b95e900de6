import { parseArgs } from 'node:util';

/** What a key may be made for; the api's own list, which passes over words that it doesn't know. */
const scopesKnown = ['events:read', 'events:write', 'book', 'metrics:read', 'operate'];
const nameLengthMax = 100;

export type ApiKeysCommand =
  | { readonly kind: 'create'; readonly name: string; readonly scopes: readonly string[] }
  | { readonly kind: 'list' }
  | { readonly kind: 'revoke'; readonly id: string }
  | { readonly kind: 'help' };

export const apiKeysHelp = `Makes, lists and revokes the keys by which partners call the api.

  npm run api-keys -- create --name "Box office" --scopes book,events:read
  npm run api-keys -- list
  npm run api-keys -- revoke <id>

A new key is shown once: only its hash is kept. A revoked key stops working within 10 s.
Scopes: ${scopesKnown.join(', ')}; "operate" includes the others, for everybody's bookings.
DATABASE_URL names the database; without it, the one of a running npm start (DATA_DIR).
The api takes keys when it runs with API_KEYS=true.`;

/** Thrown for a command line that can't be meant; the message says what is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command of a command line. */
export function parseApiKeysCommand(args: readonly string[]): ApiKeysCommand {
  const { values, positionals } = readArguments(args);
  const [verb, id, ...rest] = positionals;
  if (values.help || verb === undefined) return { kind: 'help' };
  if (verb === 'list' && id === undefined) return { kind: 'list' };
  if (verb === 'revoke' && id !== undefined && rest.length === 0) return { kind: 'revoke', id };
  if (verb === 'create' && id === undefined) {
    return { kind: 'create', name: nameIn(values.name), scopes: scopesIn(values.scopes) };
  }
  throw new UsageError(`"${positionals.join(' ')}" is not a command`);
}

function nameIn(name: string | undefined): string {
  if (name !== undefined && /^[^\p{C}]+$/u.test(name) && name.length <= nameLengthMax) return name;
  throw new UsageError(`--name says whose key it is, in up to ${nameLengthMax} characters`);
}

function scopesIn(text: string | undefined): string[] {
  const scopes = [...new Set((text ?? '').split(',').map((scope) => scope.trim()))];
  const unknown = scopes.filter((scope) => !scopesKnown.includes(scope));
  if (unknown.length === 0) return scopes;
  throw new UsageError(`--scopes takes, with commas between them: ${scopesKnown.join(', ')}`);
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        scopes: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
