import {
  failureCount,
  type LoadResult,
  type LoadSpec,
  type RequestPlan,
} from '../load/load-spec.js';
import { type Costs, costsSince, readCosts } from '../servers/costs.js';
import {
  type SoldCheck,
  type StockOptions,
  type Subject,
  seatLabels,
} from '../subjects/subject.js';
import type { BenchSite } from './bench-site.js';

/** What is asked of each subject alike. */
export interface Work {
  readonly stock: StockOptions;
  readonly plan: Pick<RequestPlan, 'spread' | 'body' | 'withKeys' | 'readsPerBooking'>;
  readonly connections: number;
  readonly pace: LoadSpec['pace'];
}

/** One run of one subject, and what the database says afterwards. */
export interface Sold {
  readonly load: LoadResult;
  readonly check: SoldCheck | undefined;
  readonly failures: number;
  /** Requests that there were to answer, when that was fixed. */
  readonly askedFor?: number;
}

/** The same, and what it cost. */
export interface Measurement extends Sold {
  readonly costs: Costs;
}

/** A result that can't be believed, or that shows a fault: seats sold twice, bookings lost. */
export class UnsoundError extends Error {
  override readonly name = 'UnsoundError';
}

/** Sells as `sell` does, and reads what was spent on it: by its processes, and by the servers. */
export async function measure(site: BenchSite, subject: Subject, work: Work): Promise<Measurement> {
  const before = await readCosts(subject.pids(), site.servers);
  const sold = await sell(site, subject, work);
  const costs = costsSince(before, await readCosts(subject.pids(), site.servers));
  return { ...sold, costs };
}

/**
 * Makes new stock, sells from it, and compares what clients were told with what the database has.
 *
 * @throws UnsoundError when a subject oversold, or confirmed what is not stored.
 */
export async function sell(
  site: BenchSite,
  subject: Subject,
  { stock: stockOptions, plan, connections, pace }: Work,
): Promise<Sold> {
  const { bookPath } = subject;
  const stock = await subject.createStock(stockOptions);
  const labels = stockOptions.reserved ? { seatLabels: seatLabels(stockOptions.capacity) } : {};
  const load = await site.generator.run({
    ...{ origins: subject.origins(), connections, pace },
    plan: {
      ...{ ...plan, ...labels, bookPath, sectionIds: stock.sectionIds },
      eventPath: subject.eventPath(stock.eventId),
    },
  });
  const check = await subject.check(stock);
  if (check !== undefined) refuseUnsound(subject, load, check);
  const askedFor = pace.kind === 'count' ? { askedFor: pace.requests } : {};
  return { load, check, failures: failureCount(load), ...askedFor };
}

function refuseUnsound({ title }: Subject, load: LoadResult, check: SoldCheck): void {
  if (check.sectionsWrong > 0) {
    throw new UnsoundError(
      `${title} sold ${check.sold} of ${check.capacity} seats; ${check.sectionsWrong} sections do not add up`,
    );
  }
  if (check.bookings < load.confirmed) {
    throw new UnsoundError(
      `${title} confirmed ${load.confirmed} bookings and stored ${check.bookings}`,
    );
  }
}
