import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * Random choices that a seed repeats. Each stream of a seed is its own, so that what one buyer
 * draws does not depend on how many others drew before.
 */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number, stream: number) {
    // Neighbouring seeds begin alike: the streams are set apart by a large odd number (2^32 / φ).
    this.#generator = xoroshiro128plus((seed ^ Math.imul(stream + 1, 0x9e3779b1)) | 0);
    for (let warmUp = 0; warmUp < 8; warmUp++) this.#generator.next();
  }

  /** A whole number, both ends included. */
  between(min: number, max: number): number {
    return uniformInt(this.#generator, min, max);
  }

  /** True in so many cases of a hundred. */
  percent(share: number): boolean {
    return this.between(1, 100) <= share;
  }

  /** One of them; throws when there is none. */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError('there is nothing to pick from');
    return items[this.between(0, items.length - 1)] as Item;
  }

  /** All of them in a random order (Fisher and Yates). */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const result = [...items];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.between(0, last);
      [result[last], result[other]] = [result[other] as Item, result[last] as Item];
    }
    return result;
  }
}
