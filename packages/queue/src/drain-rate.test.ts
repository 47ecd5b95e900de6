import { expect, test } from 'vitest';
import { DrainRate } from './drain-rate.js';

/** A rate with a clock and a count in the test's hands. */
function inHand() {
  const lane = { nowMs: 0, decided: 0, looks: 0, isDown: false };
  const rate = new DrainRate({
    countDecided: async () => {
      lane.looks++;
      if (lane.isDown) throw new Error('down');
      return lane.decided;
    },
    nowMs: () => lane.nowMs,
  });
  const lookAt = async (nowMs: number, decided: number) => {
    lane.nowMs = nowMs;
    lane.decided = decided;
    rate.refresh();
    await new Promise(setImmediate);
  };
  return { lane, rate, lookAt };
}

test('there is no rate before two looks, nor while nothing is decided between them', async () => {
  const { rate, lookAt } = inHand();
  expect(rate.perSecond).toBeUndefined();
  await lookAt(0, 700);
  expect(rate.perSecond).toBeUndefined();
  await lookAt(1_000, 700);
  expect(rate.perSecond).toBeUndefined();
});

test('the rate is the growth between the first look and the last', async () => {
  const { rate, lookAt } = inHand();
  await lookAt(0, 700);
  await lookAt(1_000, 1_700);
  expect(rate.perSecond).toBe(1_000);
  await lookAt(2_000, 4_700);
  expect(rate.perSecond).toBe(2_000);
});

test('looks that are more than ten seconds old no longer count', async () => {
  const { lane, rate, lookAt } = inHand();
  await lookAt(0, 0);
  await lookAt(1_000, 100_000);
  await lookAt(10_500, 100_950);
  expect(rate.perSecond).toBe(100);
  lane.nowMs = 20_501;
  expect(rate.perSecond).toBeUndefined();
});

test('however often it is asked for, the lane is looked at twice a second', async () => {
  const { lane, lookAt } = inHand();
  for (let nowMs = 0; nowMs < 2_000; nowMs += 10) await lookAt(nowMs, 0);
  expect(lane.looks).toBe(4);
});

test('a look that fails is left out and made again', async () => {
  const { lane, rate, lookAt } = inHand();
  await lookAt(0, 0);
  lane.isDown = true;
  await lookAt(1_000, 10);
  lane.isDown = false;
  await lookAt(2_000, 20);
  expect(rate.perSecond).toBe(10);
});
