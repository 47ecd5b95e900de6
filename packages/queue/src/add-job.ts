import type { Command } from '@stile/core';
import type { Queue } from 'bullmq';
import { encodeJob } from './job-data.js';
import type { EncodedOrigins } from './job-origins.js';

/** Finished jobs that stay to be looked at in Bull Board, for each lane. */
const finishedJobsKept = 100;

/**
 * Puts one job into a lane. Adding a job whose id the lane has already changes nothing, so it may
 * be done again when it isn't known whether it was done. `replyTo` names the api process whose
 * clients wait, `origins` the requests that the commands came with.
 */
export async function addJob(
  queue: Queue,
  jobId: string,
  commands: readonly Command[],
  replyTo?: number,
  origins?: EncodedOrigins,
): Promise<void> {
  const data = encodeJob(commands, replyTo, origins);
  await queue.add('decide', data, { jobId, removeOnComplete: finishedJobsKept });
}
