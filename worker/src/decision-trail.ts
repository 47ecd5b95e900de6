import type { Tracing } from '@stile/telemetry';
import type { Logger } from 'pino';
import type { CommittedBatch } from './decide-jobs.js';
import { outcomeWord } from './outcome-word.js';

export interface TrailOptions {
  readonly lane: number;
  readonly logger: Logger;
  /** Given when requests are traced. */
  readonly tracing?: Tracing | undefined;
}

/**
 * Leaves a trail of each command that was decided, under the id of the request that it came with:
 * a line in a log of level debug, and, where that request is traced, its time in the lane and its
 * decision. Undefined when nobody would see either, so that a batch costs nothing for it.
 */
export function decisionTrail(
  options: TrailOptions,
): ((batch: CommittedBatch) => void) | undefined {
  const { lane, logger, tracing } = options;
  const logs = logger.isLevelEnabled('debug');
  if (!logs && tracing === undefined) return undefined;
  return (batch) => {
    let next = 0;
    for (const job of batch.jobs) {
      const { commands, from = 0, traces } = job;
      const requestIds = logs || traces.length > 0 ? job.requestIds() : [];
      const verdicts = batch.result.verdicts.slice(next, next + commands.length);
      next += commands.length;
      if (logs) {
        commands.forEach(({ kind, id: commandId }, index) => {
          const outcome = outcomeWord(verdicts[index]);
          const requestId = requestIds[from + index];
          logger.debug({ requestId, lane, jobId: job.id, kind, commandId, outcome }, 'decided');
        });
      }
      for (const [place, parent] of traces) {
        const command = commands[place - from];
        if (tracing === undefined || command === undefined) continue;
        const attributes = {
          'stile.request_id': requestIds[place] ?? '',
          'stile.lane': lane,
          'stile.command': command.kind,
          'stile.command_id': command.id,
        };
        tracing.record({
          ...{ name: `lane-${lane} wait`, kind: 'internal', parent, attributes },
          startMs: command.acceptedAtUs / 1000,
          endMs: job.takenAtMs,
        });
        tracing.record({
          ...{ name: `lane-${lane} decide`, kind: 'consumer', parent },
          startMs: job.takenAtMs,
          endMs: batch.committedAtMs,
          attributes: {
            ...attributes,
            'stile.outcome': outcomeWord(verdicts[place - from]),
            'stile.batch_commands': batch.result.verdicts.length,
          },
        });
      }
    }
  };
}
