import type { Job } from 'bullmq';

/** Settles a job whoever fetched it, and whatever lock a dead owner left on it. */
export const anyToken = '0';

/** BullMQ's error codes for a job that is gone or no longer active: settled by somebody before. */
const alreadySettled = new Set([-1, -3]);

/** For a job whose lock ran out, or went when somebody settled it, or is the successor's now. */
const lockLost = new Set([-2, -6]);

/**
 * Ends a job whose commands are decided; the return value is what Bull Board shows. Harmless when it is
 * settled already.
 */
export async function settleJob(job: Job, returnValue: unknown, token: string): Promise<void> {
  try {
    await job.moveToCompleted(returnValue, token, false);
  } catch (error) {
    const code = (error as { code?: number }).code ?? 0;
    if (alreadySettled.has(code)) return;
    // It is decided, so it may be settled whoever has it now.
    if (lockLost.has(code) && token !== anyToken) return settleJob(job, returnValue, anyToken);
    throw error;
  }
}
