import {
  type ApiKeyRow,
  type Database,
  hashOfApiKey,
  insertApiKey,
  listApiKeys,
  newApiKey,
  revokeApiKey,
} from '@stile/db';
import { type ApiKeysCommand, apiKeysHelp } from './options.js';

/** Does what the command says and returns what to print; throws when there is no such key. */
export async function runApiKeysCommand(db: Database, command: ApiKeysCommand): Promise<string> {
  switch (command.kind) {
    case 'help':
      return apiKeysHelp;
    case 'create': {
      const { id, key } = newApiKey();
      const { name, scopes } = command;
      await insertApiKey(db, { id, name, hash: hashOfApiKey(key), scopes: [...scopes] });
      return `${key}\n\nThis is the only time it is shown. To take it back: npm run api-keys -- revoke ${id}`;
    }
    case 'list':
      return tableOf(await listApiKeys(db));
    case 'revoke':
      if (await revokeApiKey(db, command.id)) return `${command.id} stops working within 10 s`;
      throw new Error(`no key with the id ${command.id} works`);
  }
}

function tableOf(keys: readonly ApiKeyRow[]): string {
  if (keys.length === 0) return 'there are no keys';
  const lines = keys.map(({ id, name, scopes, createdAt, revokedAt }) => {
    const state = revokedAt === null ? 'works' : `revoked ${revokedAt.toISOString()}`;
    return [id, createdAt.toISOString(), scopes.join(','), state, name].join('  ');
  });
  return lines.join('\n');
}
