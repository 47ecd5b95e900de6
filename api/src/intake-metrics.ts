import type { IntakeMeter, OpenLanes } from '@stile/queue';
import { TallyHistogram } from '@stile/telemetry';
import { Counter, type Registry } from 'prom-client';

const jobSizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/** Counts what this process hands to its lanes, once for each job. */
export function meterIntake(registry: Registry, open: OpenLanes): IntakeMeter {
  const accepted = new Counter({
    name: 'stile_accepted_total',
    help: 'Commands that the queue has taken: each of them will be decided.',
    labelNames: ['lane'],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'stile_refused_total',
    help: 'Commands that were not taken: the lane was full, or its queue could not be reached.',
    labelNames: ['cause'],
    registers: [registry],
  });
  const size = new TallyHistogram({
    name: 'stile_job_commands',
    help: 'Commands that travelled in one job.',
    buckets: jobSizes,
    registers: [registry],
  }).tally();
  const lanes: Counter.Internal[] = [];
  open.onOpened(({ lane }) => {
    const ofLane = accepted.labels(String(lane));
    ofLane.inc(0);
    lanes[lane] = ofLane;
  });
  for (const cause of ['overloaded', 'unavailable'] as const) refused.inc({ cause }, 0);
  return {
    accepted: (lane, commands) => {
      lanes[lane]?.inc(commands);
      size.observe(commands);
    },
    refused: (cause, commands) => refused.inc({ cause }, commands),
  };
}
