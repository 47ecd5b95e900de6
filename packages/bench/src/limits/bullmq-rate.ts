import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

export interface BullmqRateOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  /** Characters of a job's data. */
  readonly dataLength: number;
  readonly jobs: number;
}

const jobsPerAdd = 50;

/**
 * Jobs a second that BullMQ alone carries through one queue: added, fetched by hand one after the
 * other as Stile's lanes do, and completed; adding and fetching run beside each other.
 */
export async function bullmqRate(options: BullmqRateOptions): Promise<number> {
  const { redisUrl, prefix, dataLength, jobs } = options;
  const name = 'bench-rate';
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue(name, { connection, prefix });
  const worker = new Worker(name, null, { connection, prefix, autorun: false });
  const data = { commands: 'x'.repeat(dataLength) };
  const add = async (): Promise<void> => {
    for (let added = 0; added < jobs; added += jobsPerAdd) {
      await Promise.all(
        Array.from({ length: jobsPerAdd }, () => queue.add('job', data, { removeOnComplete: 100 })),
      );
    }
  };
  const take = async (): Promise<void> => {
    for (let taken = 0; taken < jobs; ) {
      const job = await worker.getNextJob('bench');
      if (job === undefined) continue;
      await job.moveToCompleted([], 'bench', false);
      taken++;
    }
  };
  const startedAtMs = performance.now();
  await Promise.all([add(), take()]);
  const perSecond = jobs / ((performance.now() - startedAtMs) / 1000);
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  connection.disconnect();
  return perSecond;
}
