import { describe, expect, it } from 'vitest';
import { seededRandom, zipfDraw } from './zipf.js';

describe('a draw by Zipf', () => {
  it('takes the second half as often as the first, the tenth a tenth as often', () => {
    const draw = zipfDraw(100, seededRandom(7));
    const counts = new Array<number>(100).fill(0);
    for (let n = 0; n < 200_000; n++) {
      const drawn = draw();
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    const first = counts[0] ?? 0;
    expect((counts[1] ?? 0) / first).toBeCloseTo(1 / 2, 1);
    expect((counts[9] ?? 0) / first).toBeCloseTo(1 / 10, 1);
    expect(counts.every((count) => count > 0)).toBe(true);
  });

  it('is the same for the same seed', () => {
    const [one, other] = [zipfDraw(1_000, seededRandom(3)), zipfDraw(1_000, seededRandom(3))];
    for (let n = 0; n < 1_000; n++) expect(one()).toBe(other());
  });
});
