import type { Writable } from 'node:stream';
import { Queue, Worker } from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import type { Engine, EngineOptions } from './engine.js';
import { laneQueueName } from './names.js';
import { queueOptions, taskOptions, workerOptions } from './queue-options.js';

/**
 * A Redis that says nothing for this long when it owes an answer is given up, and another connection
 * made. Longer than any fetch waits for a job.
 */
const answerMsMax = 10_000;

/** Lanes on a Redis server, or spread over the masters of a Redis Cluster. */
export async function openRedisEngine(options: EngineOptions, redisUrl: string): Promise<Engine> {
  const { onError } = options;
  const producer = options.role === 'producer';
  const connection = await connectRedis(redisUrl, producer, onError);
  // A hash tag for each lane, so that on a Redis Cluster lanes spread over the nodes.
  const prefix = (lane: number) => `{${options.prefix}:${laneQueueName(lane)}}`;
  return {
    name: 'redis',
    queue: (lane) =>
      new Queue(laneQueueName(lane), {
        ...queueOptions,
        connection,
        prefix: prefix(lane),
        skipWaitingForReady: producer,
      }).on('error', onError),
    worker: (lane, takeWaitMs) =>
      new Worker(laneQueueName(lane), null, {
        ...workerOptions(takeWaitMs),
        connection,
        prefix: prefix(lane),
      }).on('error', onError),
    taskQueue: (name) =>
      new Queue(name, { ...queueOptions, connection, prefix: `{${options.prefix}:${name}}` }).on(
        'error',
        onError,
      ),
    taskWorker: (name, process, worker) =>
      new Worker(name, process, {
        ...taskOptions(worker),
        connection,
        prefix: `{${options.prefix}:${name}}`,
      }).on('error', onError),
    ping: async () => {
      await Promise.all(serversOf(connection).map((server) => server.ping()));
    },
    pingAny: async () => {
      await Promise.any(serversOf(connection).map((server) => server.ping()));
    },
    close: async () => {
      connection.disconnect();
    },
  };
}

const serversOf = (connection: Redis | Cluster): readonly Redis[] =>
  connection instanceof Cluster ? connection.nodes('master') : [connection];

/**
 * Connects to what answers at these addresses: one server, or a cluster. As a producer a command
 * fails at once when its server is lost; else it waits. The caller disconnects.
 */
export async function connectRedis(
  redisUrl: string,
  producer: boolean,
  onError: (error: Error) => void,
): Promise<Redis | Cluster> {
  const urls = redisUrl.split(',').map((url) => url.trim());
  if (urls.length === 1) {
    const server = new Redis(redisUrl, {
      maxRetriesPerRequest: producer ? 1 : null,
      enableOfflineQueue: !producer,
      lazyConnect: true,
      socketTimeout: answerMsMax,
    }).on('error', onError);
    if (!producer) server.on('connect', () => gatherWrites(server.stream));
    await server.connect();
    const about = await server.info('cluster');
    if (!about.includes('cluster_enabled:1')) return server;
    server.disconnect();
  }
  const cluster = new Cluster(...clusterOptions(urls, producer)).on('error', onError);
  await cluster.connect();
  return cluster;
}

/**
 * A lane's keys share a slot, so a cluster is as many servers, and losing one stops its lanes only.
 * A producer hears of that soon; a consumer waits.
 */
function clusterOptions(
  urls: readonly string[],
  producer: boolean,
): ConstructorParameters<typeof Cluster> {
  const nodes = urls.map((url) => new URL(url));
  const { protocol, username, password } = nodes[0] as URL;
  return [
    nodes.map(({ hostname, port }) => ({ host: hostname, port: Number(port || 6379) })),
    {
      lazyConnect: true,
      enableOfflineQueue: !producer,
      ...(producer && { maxRedirections: producerRedirectionsMax }),
      redisOptions: {
        maxRetriesPerRequest: producer ? 1 : null,
        ...(username && { username: decodeURIComponent(username) }),
        ...(password && { password: decodeURIComponent(password) }),
        ...(protocol === 'rediss:' && { tls: {} }),
      },
    },
  ];
}

/** At 100 ms between two attempts: what a client waits before it hears that its lane is down. */
const producerRedirectionsMax = 5;

/**
 * Sends what is written to a socket within one turn of the event loop in one write. What a lane asks
 * after a decision (to settle its jobs, for the next ones, and for what is active) reaches Redis
 * together, which then writes to its disk once for all of it.
 */
function gatherWrites(socket: Writable): void {
  const write = socket.write.bind(socket) as Writable['write'];
  let isGathering = false;
  socket.write = ((...given: Parameters<Writable['write']>) => {
    if (!isGathering) {
      isGathering = true;
      socket.cork();
      setImmediate(() => {
        isGathering = false;
        socket.uncork();
      });
    }
    return write(...given);
  }) as Writable['write'];
}
