import { TallyHistogram } from '@stile/telemetry';
import { type AttemptResult, attemptResults } from '@stile/webhooks';
import { Counter, type Registry } from 'prom-client';

const secondsSinceDecision = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60, 600, 3_600, 86_400];

/** Counts what this worker tells webhooks. */
export class WebhookMetrics {
  readonly #attempts: Counter<'result'>;
  readonly #lag;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#attempts = new Counter({
      name: 'stile_webhook_attempts_total',
      help: 'Attempts to deliver to webhooks, by what came of them.',
      labelNames: ['result'],
      registers,
    });
    for (const result of attemptResults) this.#attempts.inc({ result }, 0);
    this.#lag = new TallyHistogram({
      name: 'stile_webhook_lag_seconds',
      help: 'Time from a decision until a webhook had taken it; counts the deliveries.',
      buckets: secondsSinceDecision,
      registers,
    }).tally();
  }

  attempted(result: AttemptResult, decidedAt: Date): void {
    this.#attempts.inc({ result });
    if (result !== 'delivered') return;
    // The clock of the database may be ahead of this one.
    this.#lag.observe(Math.max(0, Date.now() - decidedAt.getTime()) / 1000);
  }
}
