import type { AuditProgress } from './audit-database.js';

/** What the progress is written to, such as `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressLine {
  readonly show: (progress: AuditProgress) => void;
  /** Removes the bar from a terminal. */
  readonly end: () => void;
}

/** A terminal's bar moves smoothly; a log gets a line now and then. */
const barEveryMs = 100;
const lineEveryMs = 5_000;
const barWidth = 30;
/** ANSI: to the start of the line, and clear it. */
const clearLine = '\r\u001b[2K';

/** Shows progress as a bar that is drawn over itself on a terminal, else as lines. */
export function createProgressLine(
  stream: ProgressStream,
  nowMs: () => number = Date.now,
): ProgressLine {
  const isTerminal = stream.isTTY === true;
  const everyMs = isTerminal ? barEveryMs : lineEveryMs;
  const startedMs = nowMs();
  let shownMs = startedMs;
  return {
    show: (progress) => {
      const now = nowMs();
      if (now - shownMs < everyMs) return;
      shownMs = now;
      const text = describe(progress, now - startedMs);
      stream.write(isTerminal ? `${clearLine}${bar(progress)} ${text}` : `${text}\n`);
    },
    end: () => {
      if (isTerminal) stream.write(clearLine);
    },
  };
}

function describe({ decisions, decisionsTotal }: AuditProgress, elapsedMs: number): string {
  const rate = Math.round((decisions * 1_000) / elapsedMs).toLocaleString('en-US');
  const [done, total] = [decisions, decisionsTotal].map((n) => n.toLocaleString('en-US'));
  return `${done} of ${total} decisions replayed, ${rate}/s`;
}

function bar({ decisions, decisionsTotal }: AuditProgress): string {
  const share = decisionsTotal === 0 ? 1 : Math.min(1, decisions / decisionsTotal);
  const filled = Math.round(share * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
}
