import type { ChaosReport } from './run-chaos.js';

const violationsShown = 20;

/** A report in words: what was done, how long lanes stood, and every broken promise. */
export function summarize(report: ChaosReport): string {
  const { requests, decided, strays, seconds, answered, violations } = report;
  const answers = [...report.answers].sort(([a], [b]) => a.localeCompare(b));
  const faults = [...report.faults].sort(([a], [b]) => a.localeCompare(b));
  const faultCount = faults.reduce((sum, [, count]) => sum + count, 0);
  const perSecond = (n: number) => `${count(Math.round(n / seconds))}/s`;
  const rows: [label: string, value: string][] = [
    ['requests to book', `${count(requests)} in ${seconds.toFixed(0)} s, ${perSecond(requests)}`],
    ['decided', `${count(decided)}, of them ${count(strays)} whose client heard no answer`],
    ['HTTP requests', `${count(answered)} answered in that time, ${perSecond(answered)}`],
    ['answers', answers.map(([answer, n]) => `${answer} ${count(n)}`).join(', ')],
    ['faults', `${faultCount}: ${faults.map(([kind, n]) => `${kind} ${n}`).join(', ')}`],
    ['recovery', recovery(report.recoveryMs)],
    ['violations', count(violations.length)],
  ];
  const lines = rows.map(([label, value]) => `  ${label.padEnd(18)}${value}`);
  const shown = violations.slice(0, violationsShown);
  for (const { promise, detail } of shown) lines.push(`  VIOLATED: ${promise}: ${detail}`);
  const hidden = violations.length - shown.length;
  if (hidden > 0) lines.push(`  and ${count(hidden)} more`);
  if (violations.length > 0) lines.push(`  The logs of all processes are in ${report.logFolder}`);
  return lines.join('\n');
}

/** From a worker's death to the first decision in each of its lanes. */
function recovery(timesMs: readonly number[]): string {
  if (timesMs.length === 0) return 'no worker was killed';
  const sorted = [...timesMs].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  return `median ${at(0.5)} ms, p99 ${at(0.99)} ms, ${sorted.length} lanes of killed workers`;
}

const count = (n: number): string => n.toLocaleString('en-US');
