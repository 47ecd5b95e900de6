import type { BenchResult } from './bench-result.js';
import { figure } from './figures.js';
import { standings } from './standing.js';

/** A line for each comparison in which a peer answers more, or sooner, than Stile on an engine. */
export function losses({ comparisons }: BenchResult): string {
  const lines = comparisons.flatMap((comparison) => {
    const all = standings(comparison);
    const peers = all.filter(({ row }) => row.kind === 'peer');
    return all
      .filter(({ row }) => row.kind === 'stile')
      .flatMap((stile) => {
        const faster = peers.filter(({ rate }) => rate.median > stile.rate.median);
        const sooner = peers.filter(
          ({ p50Ms, row }) =>
            p50Ms.median < stile.p50Ms.median && !faster.some((one) => one.row === row),
        );
        const about = `- **${comparison.title}**, ${stile.row.title}`;
        const list = (which: typeof peers, text: (one: (typeof peers)[number]) => string) =>
          which.map((one) => `${one.row.title} (${text(one)})`).join(', ');
        return [
          ...(faster.length === 0
            ? []
            : [
                `${about}: ${figure(stile.rate.median)}/s; more: ${list(faster, ({ rate }) => `${figure(rate.median)}/s`)}.`,
              ]),
          ...(sooner.length === 0
            ? []
            : [
                `${about}: p50 ${figure(stile.p50Ms.median)} ms; sooner: ${list(sooner, ({ p50Ms }) => `${figure(p50Ms.median)} ms`)}.`,
              ]),
        ];
      });
  });
  return lines.length === 0
    ? 'In none of the comparisons of this run does a peer answer more, or at a lower median latency.'
    : `A peer answers more, or at a lower median latency, here:\n\n${lines.join('\n')}`;
}
