import type { Activity, LedgerSpan } from '@stile/db';
import { beforeEach, expect, test } from 'vitest';
import { ActivityLog } from './activity.js';

const section = '018f0000-0000-7000-8000-aaaa00000001';

/** A ledger of one section whose decisions are all rejections, in batches of four. */
let nowMs: number;
let sequence: number;
let reads: LedgerSpan[][];
let log: ActivityLog;
beforeEach(() => {
  nowMs = 1_000_000;
  sequence = 100;
  reads = [];
  log = new ActivityLog({
    nowMs: () => nowMs,
    progress: async () => [{ sectionId: section, lane: 0, sequence }],
    read: async (spans): Promise<Activity> => {
      reads.push([...spans]);
      const decisions = spans.reduce((sum, { after, until }) => sum + until - after, 0);
      if (decisions === 0) return { outcomes: [], lanes: [] };
      const second = Math.floor(nowMs / 1000);
      return {
        outcomes: [{ lane: 0, second, outcome: 'rejected', decisions }],
        lanes: [{ lane: 0, decisions, batches: decisions / 4, waitP50Ms: 1, waitP99Ms: 2 }],
      };
    },
  });
});

async function decideAndLook(decisions: number, afterMs: number) {
  nowMs += afterMs;
  sequence += decisions;
  return log.pulse();
}

test('the first look invents nothing', async () => {
  const pulse = await log.pulse();
  expect(pulse).toEqual({ seconds: [], windowSeconds: 0, lanes: new Map(), sections: new Map() });
  expect(reads).toEqual([]);
});

test('each decision is counted once, over the time in which it was made', async () => {
  await log.pulse();
  await decideAndLook(8, 1_000);
  const pulse = await decideAndLook(12, 1_000);
  expect(reads.flat()).toEqual([
    { sectionId: section, after: 100, until: 108 },
    { sectionId: section, after: 108, until: 120 },
  ]);
  expect(pulse.windowSeconds).toBe(2);
  expect(pulse.sections.get(section)).toBe(20);
  expect(pulse.lanes.get(0)).toMatchObject({ decisions: 20, batches: 5 });
  expect(pulse.seconds.map(({ rejected }) => rejected)).toEqual([8, 12]);
});

test('many who ask at once share one look', async () => {
  await log.pulse();
  nowMs += 1_000;
  await Promise.all([log.pulse(), log.pulse(), log.pulse()]);
  expect(reads).toHaveLength(1);
});

test('rates are of the last ten seconds', async () => {
  await log.pulse();
  await decideAndLook(400, 1_000);
  for (let look = 0; look < 10; look++) await decideAndLook(4, 1_000);
  const pulse = await log.pulse();
  expect(pulse.windowSeconds).toBe(10);
  expect(pulse.sections.get(section)).toBe(40);
});

test('what was decided while nobody looked is not taken for what is decided now', async () => {
  await log.pulse();
  const pulse = await decideAndLook(1_000_000, 60_000);
  expect(reads).toEqual([]);
  expect(pulse.windowSeconds).toBe(0);
  expect((await decideAndLook(4, 1_000)).sections.get(section)).toBe(4);
});
