import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Account, type RunResult, run } from './run.js';

type Owner = NonNullable<Account['owner']>;

const self: Account = { prefix: [] };

/**
 * Chooses the account that works on a data directory. PostgreSQL refuses to run as root, so root
 * borrows the owner of the cluster, or else the user `postgres`, which is made when there is none.
 *
 * @throws when no account can work here, naming the fix.
 */
export async function chooseAccount(
  dataDir: string,
  cluster: string | undefined,
  program: string,
): Promise<Account> {
  if (process.getuid?.() !== 0) return self;
  const owner = cluster ? await ownerOf(cluster) : await postgresUser();
  return accountThatReaches(owner, [dataDir, dirname(program)]);
}

async function ownerOf(cluster: string): Promise<Owner> {
  const { uid, gid } = await stat(cluster);
  if (uid !== 0) return { uid, gid };
  throw new Error(
    `${cluster} belongs to root, and PostgreSQL does not run as root. Give it back to the user ` +
      `that made it, for example: chown -R postgres: "${cluster}"`,
  );
}

async function postgresUser(): Promise<Owner> {
  const found = await userIds();
  if (found) return found;
  const flags = ['--system', '--user-group', '--no-create-home', '--shell=/usr/sbin/nologin'];
  const made = await attempt('useradd', [...flags, 'postgres']);
  // Another starter may have made it meanwhile, so the user decides and not the exit code.
  const owner = await userIds();
  if (owner) return owner;
  throw new Error(
    'PostgreSQL does not run as root, and a user "postgres" for it could not be made ' +
      `(${made.output.trim()}). Make that user by hand, or start as a plain user.`,
  );
}

async function userIds(): Promise<Owner | undefined> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map((flag) => attempt('id', [flag, 'postgres'])),
  );
  if (uid?.code !== 0 || gid?.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

/**
 * Root's clone may lie under a directory that nobody else may enter (/root is mode 0700). Then the
 * programs get the one capability that passes directories; nothing moves and no mode changes.
 * Containers seldom grant the read-only one, so the wider one is the fallback.
 */
async function accountThatReaches(owner: Owner, folders: readonly string[]): Promise<Account> {
  const candidates: Account[] = [
    { owner, prefix: [] },
    { owner, prefix: setpriv(owner, 'dac_read_search') },
    { owner, prefix: setpriv(owner, 'dac_override') },
  ];
  for (const account of candidates) {
    if (await canEnter(account, folders)) return account;
  }
  throw new Error(
    `PostgreSQL must run as user ${owner.uid}, which may not enter ${folders.join(' or ')}. ` +
      'Move the project or set DATA_DIR to where every user may enter, allow it on each directory ' +
      'above (chmod o+x), or start as a plain user.',
  );
}

/**
 * `no_setuid_fixup` keeps the capability effective for access(2), with which PostgreSQL's programs
 * check each other; without it execution works and that check fails.
 */
function setpriv({ uid, gid }: Owner, capability: string): string[] {
  return [
    ...['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'],
    ...['--securebits=+no_setuid_fixup', `--inh-caps=+${capability}`],
    ...[`--ambient-caps=+${capability}`, '--'],
  ];
}

async function canEnter(account: Account, folders: readonly string[]): Promise<boolean> {
  const script = 'for folder; do test -x "$folder" || exit 1; done';
  const result = await attempt('sh', ['-c', script, 'sh', ...folders], account);
  return result.code === 0;
}

/** A program that can't be started is a program that failed: macOS has neither useradd nor setpriv. */
function attempt(
  program: string,
  args: readonly string[],
  account: Account = self,
): Promise<RunResult> {
  return run(account, program, args).catch((cause: Error) => ({ code: 1, output: cause.message }));
}
