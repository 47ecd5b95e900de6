/**
 * What Stile needs of the server, before the caller's own settings. `fsync` stays on, PostgreSQL's
 * default: a decided booking is on disk. There is no Unix socket, whose path may have no more than
 * 107 bytes; everything goes through 127.0.0.1 with a password.
 */
const ourSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

/**
 * The configuration file for a port and the caller's settings, which come last and so win. It is a
 * file and not arguments, because pg_ctl passes arguments through a shell.
 */
export function renderSettings(port: number, settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...ourSettings, ...settings, port: String(port) }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`,
  );
  return `# Written at each start by Stile; settings of your own go in postgresql.conf, after its include.\n${lines.join('\n')}\n`;
}

/** The port in a file that `renderSettings` wrote. */
export function portIn(settingsFile: string): number | undefined {
  return Number(/^port = '(\d+)'$/m.exec(settingsFile)?.[1]) || undefined;
}
