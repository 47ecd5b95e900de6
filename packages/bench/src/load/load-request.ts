import type { SaleOptions } from '../flash-sale/sale.js';
import type { SaleProgress } from '../flash-sale/tally.js';
import type { LoadResult, LoadSpec } from './load-spec.js';

/** What the load process is asked for: one at a time. */
export type LoadRequest =
  | { readonly kind: 'load'; readonly spec: LoadSpec }
  /** A sale whose buyers poll for their outcomes, on a Stile. */
  | { readonly kind: 'polling-sale'; readonly options: Omit<SaleOptions, 'signal'> };

/** What a sale with polling buyers came to. */
export interface PollingSale {
  readonly sectionId: string;
  readonly progress: Omit<SaleProgress, 'faults'>;
  readonly faults: Readonly<Record<string, number>>;
}

export type LoadReply =
  | { readonly kind: 'result'; readonly result: LoadResult | PollingSale }
  | { readonly kind: 'failed'; readonly message: string };
