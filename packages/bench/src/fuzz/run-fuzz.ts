import fc from 'fast-check';
import { Agent } from 'undici';
import type { FuzzRequest } from './openapi-requests.js';
import { rawRequests, statusesOfRaw } from './raw-requests.js';
import { SlowSenders } from './slow-senders.js';

export interface FuzzOptions {
  readonly address: string;
  readonly requests: fc.Arbitrary<FuzzRequest>;
  /** A good one, for those who send slowly. */
  readonly credential: string;
  readonly count: number;
  /** The same seed makes the same requests. */
  readonly seed: number;
  readonly concurrency: number;
  readonly onProgress: (sent: number) => void;
}

export interface FuzzFault {
  readonly request: FuzzRequest | string;
  readonly what: string;
}

export interface FuzzReport {
  readonly statuses: ReadonlyMap<number, number>;
  readonly faults: readonly FuzzFault[];
  /** Events, users and bookings that the answers speak of having been made. */
  readonly made: Readonly<Record<'events' | 'users' | 'bookings', ReadonlySet<string>>>;
}

const requestsPerChunk = 500;
/** A server that goes on failing need not be asked any more. */
const faultsMax = 20;
const answerMsMax = 60_000;
/** They hold as many connections all the while. */
const slowSenders = 20;
/** What a server says to who takes too long. */
const requestTimeout = 408;
/** Refuses in a form of its own. */
const bullBoard = '/queues/api/';

/** Sends the requests and the raw bytes, and keeps what no request may come to. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { address, count, seed, concurrency, onProgress } = options;
  const statuses = new Map<number, number>();
  const faults: FuzzFault[] = [];
  const made = { events: new Set<string>(), users: new Set<string>(), bookings: new Set<string>() };
  const agent = new Agent({ connections: concurrency, headersTimeout: answerMsMax });
  const slow = new SlowSenders(address, slowSenders, options.credential);

  const sendOne = async (request: FuzzRequest): Promise<void> => {
    const answer = await send(agent, address, request).catch((error: Error) => error);
    if (answer instanceof Error) {
      faults.push({ request, what: `no answer: ${answer.message}` });
      return;
    }
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const what = faultOf(request, answer);
    if (what !== undefined) faults.push({ request, what });
    keepMade(made, request, answer);
  };

  for (let sent = 0; sent < count && faults.length < faultsMax; sent += requestsPerChunk) {
    const numRuns = Math.min(requestsPerChunk, count - sent);
    const chunk = fc.sample(options.requests, { numRuns, seed: seed + sent });
    const queue = chunk.values();
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        for (const request of queue) await sendOne(request);
      }),
    );
    for (const bytes of rawRequests) {
      const bad = (await statusesOfRaw(address, bytes)).filter(isServerFault);
      if (bad.length > 0) faults.push({ request: bytes.slice(0, 200), what: `answered ${bad}` });
    }
    onProgress(sent + numRuns);
  }
  await agent.close();
  for (const status of slow.stop()) {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const what = `answered ${status}`;
    if (status !== requestTimeout) faults.push({ request: 'a body, byte by byte', what });
  }
  return { statuses, faults, made };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function send(agent: Agent, origin: string, request: FuzzRequest): Promise<Answer> {
  const { method, path, headers, body: text } = request;
  const {
    statusCode,
    headers: found,
    body,
  } = await agent.request({
    ...{ origin, method: method as 'GET', path, headers: { ...headers } },
    ...(text === undefined ? {} : { body: text }),
  });
  const type = String(found['content-type'] ?? '');
  if (type.startsWith('text/event-stream')) {
    body.on('error', () => undefined).destroy();
    return { status: statusCode, type, body: '' };
  }
  return { status: statusCode, type, body: await body.text() };
}

/** 501 is Node's own word for a method or an encoding that it doesn't know. */
const isServerFault = (status: number): boolean =>
  status >= 500 && status !== 501 && status !== 505;

function faultOf({ path }: FuzzRequest, { status, type, body }: Answer): string | undefined {
  if (status >= 500) return `answered ${status}: ${body.slice(0, 300)}`;
  const isOurs = !path.startsWith(bullBoard);
  if (status >= 400 && isOurs && !type.startsWith('application/problem+json')) {
    return `answered ${status} with ${type}`;
  }
  return /\bat \S+ \(|node_modules/.test(body) && status >= 400
    ? `shows a stack: ${body}`
    : undefined;
}

function keepMade(
  made: Readonly<Record<'events' | 'users' | 'bookings', Set<string>>>,
  { method, path }: FuzzRequest,
  { status, body }: Answer,
): void {
  if (method !== 'POST') return;
  const [route = ''] = path.split('?');
  const kind = route.slice(1) as keyof typeof made;
  if (made[kind] === undefined) return;
  const id = status < 300 ? JSON.parse(body).id : JSON.parse(body).bookingId;
  if (id !== undefined) made[kind].add(id);
}
