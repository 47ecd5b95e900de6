import { spawn } from 'node:child_process';

/**
 * The operating system account that PostgreSQL's programs run as. Without an `owner` that is our
 * own account. The words of `prefix` go before each command and change the user themselves; when
 * there are none, Node changes it.
 */
export interface Account {
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly prefix: readonly string[];
}

export interface RunResult {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs one program to its end and returns its exit code with what it printed.
 *
 * It gets its own session, so Ctrl-C in a terminal reaches the application alone; a small fixed
 * environment, so PGPORT and its like can't reach PostgreSQL; and `/` as its directory, since the
 * account may not be able to enter ours.
 *
 * @throws when the program can't be started at all.
 */
export function run(
  account: Account,
  program: string,
  args: readonly string[],
): Promise<RunResult> {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  const child = spawn(command, rest, {
    ...(account.prefix.length === 0 ? account.owner : {}),
    cwd: '/',
    detached: true,
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const collect = (text: string) => {
      output += text;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', (cause) =>
      reject(new Error(`${program} could not be started: ${cause.message}`, { cause })),
    );
    child.once('close', (code) => resolve({ code, output }));
  });
}
