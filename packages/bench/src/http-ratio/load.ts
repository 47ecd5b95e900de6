import autocannon from 'autocannon';

export interface LoadOptions {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface Load {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One thread: on a small machine a second one would take from the server. */
const threads = 1;

/**
 * Posts the same body again and again, one request at a time on each connection.
 *
 * @throws when an answer is not a 201: what was measured is then not what was meant.
 */
export async function measureLoad(options: LoadOptions): Promise<Load> {
  const { url, headers, json, connections, seconds } = options;
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: json,
    connections,
    pipelining: 1,
    duration: seconds,
    workers: threads,
  });
  const statuses = Object.entries(result.statusCodeStats ?? {}).map(
    ([status, { count }]) => `${count ?? 0} × ${status}`,
  );
  const bad = result.errors + result.timeouts + result.non2xx;
  if (bad > 0 || statuses.length !== 1 || !statuses[0]?.endsWith('201')) {
    const faults = `${result.errors} errors, ${result.timeouts} timeouts`;
    throw new Error(`${url} answered ${statuses.join(', ') || 'nothing'}; ${faults}`);
  }
  return {
    requestsPerSecond: result.requests.total / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}
