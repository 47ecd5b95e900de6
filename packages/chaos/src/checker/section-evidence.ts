import type { RequestHistory } from '../history.js';
import type { Span } from '../journal.js';
import type { SectionTruth } from './section-truth.js';

/** What there is to judge one section by. */
export interface SectionEvidence {
  readonly truth: SectionTruth;
  /** Those of its clients. */
  readonly requests: readonly RequestHistory[];
  /** When the queue lost all that was in it. */
  readonly emptied: readonly Span[];
}

/** Whether the queue was emptied at some time in between. */
export const wasEmptied = (emptied: readonly Span[], fromMs: number, toMs: number): boolean =>
  emptied.some((span) => span.fromMs <= toMs && span.toMs >= fromMs);
