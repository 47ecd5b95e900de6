import { Queue, QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';
import { type OpenPeer, type PeerOutcome, patienceMs } from './peer.js';

/** The queue's name; its worker is a process of its own: bullmq-worker.ts. */
export const peerQueueName = 'peer-bookings';

/** Plain BullMQ: a job for each booking, whose end the client waits for. */
export const openBullmqJobs: OpenPeer = async ({ redisUrl, prefix, onError }) => {
  if (redisUrl === undefined) throw new Error('the peer on BullMQ needs REDIS_URL');
  const open = () => new Redis(redisUrl, { maxRetriesPerRequest: null }).on('error', onError);
  const connections = [open(), open()] as const;
  const [connection, eventConnection] = connections;
  const queue = new Queue(peerQueueName, { connection, prefix }).on('error', onError);
  const ends = new QueueEvents(peerQueueName, { connection: eventConnection, prefix });
  ends.on('error', onError);
  // Every request that waits listens to the end of its job, and of the queue.
  ends.setMaxListeners(0);
  queue.setMaxListeners(0);
  await ends.waitUntilReady();
  return {
    book: async (wanted) => {
      const job = await queue.add('book', wanted, { removeOnComplete: 1_000, removeOnFail: 1_000 });
      return (await job.waitUntilFinished(ends, patienceMs)) as PeerOutcome;
    },
    close: async () => {
      await ends.close();
      await queue.close();
      for (const redis of connections) redis.disconnect();
    },
  };
};
