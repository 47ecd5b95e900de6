import { readFile } from 'node:fs/promises';

/**
 * The most memory in bytes that a process has had resident so far (VmHWM); undefined when the
 * system does not say, which only Linux does.
 */
export async function peakMemoryBytes(pid: number | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** Such as `142 MB`. */
export const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? 'unknown' : `${Math.round(bytes / 1_000_000)} MB`;
