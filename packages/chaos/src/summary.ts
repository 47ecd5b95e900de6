import type { LaneRecovery } from './recovery.js';
import type { ChaosReport } from './run-chaos.js';
import type { OverloadReport } from './run-overload.js';

const violationsShown = 20;

type Row = readonly [label: string, value: string];
const asLine = ([label, value]: Row): string => `  ${label.padEnd(18)}${value}`;

/** A report in words: what was done, how long lanes stood, and every broken promise. */
export function summarize(report: ChaosReport): string {
  const { requests, decided, strays, seconds, answered, violations } = report;
  const answers = [...report.answers].sort(([a], [b]) => a.localeCompare(b));
  const faults = [...report.faults].sort(([a], [b]) => a.localeCompare(b));
  const faultCount = faults.reduce((sum, [, count]) => sum + count, 0);
  const perSecond = (n: number) => `${count(Math.round(n / seconds))}/s`;
  const rows: Row[] = [
    ['requests to book', `${count(requests)} in ${seconds.toFixed(0)} s, ${perSecond(requests)}`],
    ['decided', `${count(decided)}, of them ${count(strays)} whose client heard no answer`],
    ['HTTP requests', `${count(answered)} answered in that time, ${perSecond(answered)}`],
    ['answers', answers.map(([answer, n]) => `${answer} ${count(n)}`).join(', ')],
    ['faults', `${faultCount}: ${faults.map(([kind, n]) => `${kind} ${n}`).join(', ')}`],
    ['recovery', recovery(report.recoveries)],
    ['violations', count(violations.length)],
  ];
  const lines = rows.map(asLine);
  const shown = violations.slice(0, violationsShown);
  for (const { promise, detail } of shown) lines.push(`  VIOLATED: ${promise}: ${detail}`);
  const hidden = violations.length - shown.length;
  if (hidden > 0) lines.push(`  and ${count(hidden)} more`);
  if (violations.length > 0) lines.push(`  The logs of all processes are in ${report.logFolder}`);
  return lines.join('\n');
}

/** What an overload came to, in words. */
export function summarizeOverload(report: OverloadReport): string {
  const { accepted, refused, others, recoveryMs, memoryMb, lost, crashes } = report;
  const { api, worker } = memoryMb;
  const ratio = ((accepted + refused) / accepted).toFixed(1);
  const rows: Row[] = [
    ['accepted', `${count(accepted)}; ${ratio} times as many were asked for`],
    ['refused', `${count(refused)} with 503`],
    ['other answers', others.length === 0 ? 'none' : others.join(', ')],
    ['accepted, lost', count(lost)],
    ['memory, api', `${api.halfway} MB halfway, ${api.peak} MB at most`],
    ['memory, worker', `${worker.halfway} MB halfway, ${worker.peak} MB at most`],
    ['usual again after', `${count(Math.round(recoveryMs))} ms`],
    ['ended by itself', crashes.length === 0 ? 'nothing' : crashes.join('; ')],
  ];
  return rows.map(asLine).join('\n');
}

/** From a worker's death to the first decision in each of its lanes. */
function recovery(recoveries: readonly LaneRecovery[]): string {
  const sorted = [...recoveries].sort((a, b) => a.ms - b.ms);
  const slowest = sorted.at(-1);
  if (slowest === undefined) return 'no worker was killed';
  const at = (share: number) =>
    Math.round(sorted[Math.ceil(share * sorted.length) - 1]?.ms ?? Number.NaN);
  const died = new Date(slowest.diedAtMs).toISOString();
  return `median ${at(0.5)} ms, p99 ${at(0.99)} ms, ${sorted.length} lanes of killed workers; the slowest lane ${slowest.lane}, of ${died}`;
}

const count = (n: number): string => n.toLocaleString('en-US');
