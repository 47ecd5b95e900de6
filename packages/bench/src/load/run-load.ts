import { setTimeout as delay } from 'node:timers/promises';
import { LoadConnection } from './load-connection.js';
import { type LoadResult, type LoadSpec, type Pace, warmUpSeconds } from './load-spec.js';
import { LoadTally, type Window } from './load-tally.js';
import { type PlannedRequest, plannedRequests } from './planned-requests.js';

/** Sends a request on a free connection; resolves when it was answered or failed. */
type Send = (connection: LoadConnection, dueMs: number) => Promise<void>;

/** Runs the load and answers with what came back, when the last request was answered. */
export async function runLoad({ origins, connections, plan, pace }: LoadSpec): Promise<LoadResult> {
  const open = Array.from(
    { length: connections },
    (_, number) => new LoadConnection(origins[number % origins.length] ?? ''),
  );
  const tally = new LoadTally();
  let lastBooking: string | undefined;
  const next = plannedRequests(plan, () => lastBooking);

  const send: Send = (connection, dueMs) =>
    new Promise((resolve) => {
      const request: PlannedRequest = next();
      connection.send(
        request,
        ({ status, location }) => {
          if (location !== undefined) lastBooking = location;
          tally.answered(request, status, dueMs);
          resolve();
        },
        (error) => {
          tally.failed(error.code ?? error.message);
          resolve();
        },
      );
    });

  // Connections are open and code is compiled before anything counts, however many there are. A
  // count has no warm-up: its first request is the beginning of what is measured.
  if (pace.kind !== 'count') {
    await Promise.all(open.map((connection) => send(connection, performance.now())));
  }
  const window = windowOf(pace);
  tally.openWindow(window);
  const busySince = performance.eventLoopUtilization();
  await (pace.kind === 'open'
    ? openLoop(open, window, pace.perSecond, send, tally)
    : closedLoop(open, window, pace.kind === 'count' ? pace.requests : Infinity, send));
  const { utilization } = performance.eventLoopUtilization(busySince);
  const result = tally.result(utilization);
  await Promise.all(open.map((connection) => connection.close()));
  return result;
}

/** The window that counts, from now on or after the rest of the warm-up. */
function windowOf(pace: Pace): Window {
  const nowMs = performance.now();
  if (pace.kind === 'count') return { fromMs: nowMs, toMs: nowMs + pace.secondsMax * 1000 };
  const fromMs = nowMs + warmUpSeconds * 1000;
  return { fromMs, toMs: fromMs + pace.seconds * 1000 };
}

async function closedLoop(
  connections: readonly LoadConnection[],
  { toMs }: Window,
  requestsMax: number,
  send: Send,
): Promise<void> {
  let sent = 0;
  const serve = async (connection: LoadConnection): Promise<void> => {
    for (;;) {
      const nowMs = performance.now();
      if (nowMs >= toMs || sent >= requestsMax) return;
      sent++;
      await send(connection, nowMs);
    }
  };
  await Promise.all(connections.map(serve));
}

/** Milliseconds between looks at what has fallen due. */
const tickMs = 1;

/**
 * Requests fall due at even distances. One that finds no connection free waits for one, and its
 * latency counts from when it was due, so a slow server can't hide by slowing the load down.
 */
async function openLoop(
  connections: readonly LoadConnection[],
  { toMs }: Window,
  perSecond: number,
  send: Send,
  tally: LoadTally,
): Promise<void> {
  const free = [...connections];
  const underway = new Set<Promise<void>>();
  const startMs = performance.now();
  const dueAt = (number: number) => startMs + (number / perSecond) * 1000;
  let next = 0;

  const sendDue = (): void => {
    const nowMs = Math.min(performance.now(), toMs);
    while (dueAt(next) <= nowMs) {
      const connection = free.pop();
      if (connection === undefined) return;
      const sending = send(connection, dueAt(next++)).then(() => {
        underway.delete(sending);
        free.push(connection);
        if (performance.now() < toMs) sendDue();
      });
      underway.add(sending);
    }
  };
  while (performance.now() < toMs) {
    sendDue();
    await delay(tickMs);
  }
  for (; dueAt(next) <= toMs; next++) tally.neverSent(dueAt(next));
  await Promise.all(underway);
}
