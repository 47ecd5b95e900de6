import { describe, expect, test } from 'vitest';
import { createProgressLine } from './progress-line.js';

/** What is written when progress is shown at these milliseconds. */
function written(isTTY: boolean, shownAtMs: readonly number[]): string[] {
  const texts: string[] = [];
  let nowMs = 0;
  const stream = { isTTY, write: (text: string) => texts.push(text) };
  const line = createProgressLine(stream, () => nowMs);
  for (const ms of shownAtMs) {
    nowMs = ms;
    line.show({ decisions: 500_000, decisionsTotal: 1_000_000 });
  }
  line.end();
  return texts;
}

describe('the progress', () => {
  test('is one bar on a terminal, drawn over itself and gone at the end', () => {
    const texts = written(true, [10, 1_000, 1_050]);
    expect(texts).toEqual([
      `\r\u001b[2K${'█'.repeat(15)}${'░'.repeat(15)} 500,000 of 1,000,000 decisions replayed, 500,000/s`,
      '\r\u001b[2K',
    ]);
  });

  test('is a line every five seconds in a log, without control characters', () => {
    const texts = written(false, [1_000, 5_000, 6_000, 10_000]);
    expect(texts).toEqual([
      '500,000 of 1,000,000 decisions replayed, 100,000/s\n',
      '500,000 of 1,000,000 decisions replayed, 50,000/s\n',
    ]);
  });
});
