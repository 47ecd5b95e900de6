import { readdirSync, readFileSync } from 'node:fs';

/**
 * Sends a signal to a process and to all that it started. It is stopped while they are looked for,
 * so that it starts no other meanwhile; and without a turn of the event loop, for in a process with
 * thousands of clients a look at every process would last for many seconds. Reads /proc, so it needs
 * Linux. What has ended already is passed over.
 */
export function signalTree(rootPid: number, signal: NodeJS.Signals): void {
  if (signal !== 'SIGCONT') send(rootPid, 'SIGSTOP');
  const descendants = descendantsOf(rootPid);
  for (const pid of [rootPid, ...descendants]) send(pid, signal);
}

function descendantsOf(rootPid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
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

/** Empty for a process that has just ended. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
