import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.js';

let dataDir: string;
let running: EmbeddedPostgres[];
let children: ChildProcess[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stile-embedded-'));
  running = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of running) await server.stop();
  expect(await serverProcess()).toBeUndefined();
  await rm(dataDir, { recursive: true });
});

async function start(options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {}) {
  const server = await startEmbeddedPostgres({ dataDir, ...options });
  running.push(server);
  return server;
}

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The id in `postmaster.pid`, which a server that stops removes. */
async function serverProcess(): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'pgdata/postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || undefined;
}

/** A Node process that owns a server on the same data; it runs the build, as Node reads no types. */
async function startInChild(program = '') {
  const module = new URL('../dist/index.js', import.meta.url).href;
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    process.stdin.resume();
    ${program}
    console.log(server.url);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  children.push(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const { value: url } = await lines.next();
  return { child, lines, url: String(url) };
}

describe('a first start', () => {
  test('makes an empty database in UTF-8 and UTC that keeps what it is told', async () => {
    const { url } = await start();
    const settings = ['server_encoding', 'TimeZone', 'fsync', 'synchronous_commit'];
    const columns = settings.map((name) => `current_setting('${name}') AS "${name}"`);
    expect(await query(url, `SELECT current_database() AS name, ${columns}`)).toEqual([
      {
        name: 'stile',
        server_encoding: 'UTF8',
        TimeZone: 'UTC',
        fsync: 'on',
        synchronous_commit: 'on',
      },
    ]);
  });

  test('lets in only those who know the password, on 127.0.0.1 and on no socket', async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    expect(
      await query(
        url,
        `SELECT current_setting('listen_addresses') AS addresses,
                current_setting('unix_socket_directories') AS sockets`,
      ),
    ).toEqual([{ addresses: '127.0.0.1', sockets: '' }]);
    const { mode } = await stat(join(dataDir, 'pgdata/stile.password'));
    expect(mode & 0o777).toBe(0o600);
  });

  test('takes settings and a port', async () => {
    const { url } = await start({ settings: { work_mem: '5MB' } });
    expect(await query(url, 'SHOW work_mem')).toEqual([{ work_mem: '5MB' }]);
  });
});

describe('a restart', () => {
  test('keeps the data, the password and the port', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await Promise.all([first.stop(), first.stop()]);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('takes another port when its own is taken meanwhile', async () => {
    const first = await start();
    await first.stop();
    const thief = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(thief, 'listening');
    try {
      const second = await start();
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    } finally {
      thief.close();
    }
  });
});

describe('a server whose Node process was killed', () => {
  test('is taken over as it runs, and stopped by its new owner', async () => {
    const { child, url } = await startInChild();
    const survivor = await serverProcess();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const heir = await start();
    expect(heir.url).toBe(url);
    expect(await serverProcess()).toBe(survivor);
    await heir.stop();
    expect(await serverProcess()).toBeUndefined();
  });

  test('is started again when it should run with other settings', async () => {
    const { child } = await startInChild();
    const survivor = await serverProcess();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const heir = await start({ settings: { work_mem: '5MB' } });
    expect(await serverProcess()).not.toBe(survivor);
    expect(await query(heir.url, 'SHOW work_mem')).toEqual([{ work_mem: '5MB' }]);
  });

  test('is recovered with all that was committed when it was killed too', async () => {
    const { child, url } = await startInChild();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(Number(await serverProcess()), 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const heir = await start();
    expect(await query(heir.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });
});

test('Ctrl-C leaves the server to the application until that has drained', async () => {
  const { child, lines } = await startInChild(`
    const { default: pg } = await import(${JSON.stringify(createRequire(import.meta.url).resolve('pg'))});
    process.once('SIGINT', async () => {
      const client = new pg.Client(server.url);
      await client.connect();
      await client.query('CREATE TABLE drained ()');
      await client.end();
      await server.stop();
      console.log('stopped');
      process.exit();
    });`);
  // The group of the child, as a terminal does it.
  process.kill(-Number(child.pid), 'SIGINT');
  expect(await lines.next()).toMatchObject({ value: 'stopped' });
  const { url } = await start();
  expect(await query(url, 'SELECT FROM drained')).toEqual([]);
});

describe('what a crash leaves behind', () => {
  test.each([
    ['names a process that is gone', () => 2 ** 22 - 1],
    ['names a process that is no PostgreSQL', () => process.pid],
  ])('a postmaster.pid that %s does not keep the server from starting', async (_, pid) => {
    await (await start()).stop();
    const text = `${pid()}\n${dataDir}/pgdata\n1700000000\n5432\n\nlocalhost\n 0 0\nready   \n`;
    await writeFile(join(dataDir, 'pgdata/postmaster.pid'), text);
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('nor does one that was cut short', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'pgdata/postmaster.pid'), '');
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('a half made cluster is removed and a whole one made', async () => {
    const half = join(dataDir, `initializing-${2 ** 22 - 1}-x/pgdata`);
    await mkdir(half, { recursive: true });
    await writeFile(join(half, 'PG_VERSION'), '17\n');
    await start();
    expect(await readdir(dataDir)).toEqual(['pgdata']);
  });
});

describe('what is not ours to repair is refused, and the message names the way out', () => {
  test('a second owner, while the first lives', async () => {
    const { child, url } = await startInChild();
    await expect(start()).rejects.toThrow(
      new RegExp(`Another Stile \\(process ${child.pid}\\) is running on .*DATA_DIR`),
    );
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await start();
  });

  test('of two that start at once, one owns the data', async () => {
    const results = await Promise.allSettled([start(), start()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result) => result.status === 'rejected');
    expect(String(refused?.reason)).toMatch(/Another Stile/);
  });

  test('data of another major version', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'pgdata/PG_VERSION'), '16\n');
    await expect(start()).rejects.toThrow(/made by PostgreSQL 16 .*pg_dumpall.*DATA_DIR/);
  });

  test('a directory of other files', async () => {
    await mkdir(join(dataDir, 'pgdata'));
    await writeFile(join(dataDir, 'pgdata/thesis.txt'), 'irreplaceable');
    await expect(start()).rejects.toThrow(/no PostgreSQL data.*DATA_DIR/);
    expect(await readFile(join(dataDir, 'pgdata/thesis.txt'), 'utf8')).toBe('irreplaceable');
  });

  test('a path that a shell would read as more than a path', async () => {
    await expect(start({ dataDir: join(dataDir, '$HOME') })).rejects.toThrow(/DATA_DIR .*without/);
  });

  test('a port that another program has', async () => {
    const thief = createServer().listen(0, '127.0.0.1');
    await once(thief, 'listening');
    const { port } = thief.address() as { port: number };
    try {
      await expect(start({ port })).rejects.toThrow(/is taken.*another port/);
    } finally {
      thief.close();
    }
  });
});
