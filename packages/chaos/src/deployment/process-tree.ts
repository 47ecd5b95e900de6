import { readdir, readFile } from 'node:fs/promises';

/**
 * Sends a signal to a process and to all that it started. It is stopped while they are looked for,
 * so that it starts no other meanwhile. Reads /proc, so it needs Linux. What has ended already is
 * passed over.
 */
export async function signalTree(rootPid: number, signal: NodeJS.Signals): Promise<void> {
  if (signal !== 'SIGCONT') send(rootPid, 'SIGSTOP');
  const descendants = await descendantsOf(rootPid);
  for (const pid of [rootPid, ...descendants]) send(pid, signal);
}

async function descendantsOf(rootPid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The program's name is in brackets and may hold anything; state and parent come after it.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent > 0) parents.set(Number(name), parent);
  }
  const found = new Set([rootPid]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  found.delete(rootPid);
  return [...found];
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
