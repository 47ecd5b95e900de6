import { describe, expect, it } from 'vitest';
import { UsageError } from '../integer-option.js';
import { parseBenchOptions, partNames } from './options.js';
import { defaultSizes, quickSizes } from './sizes.js';

describe('the options of the benchmark', () => {
  it('without any are every part in its default size, and nothing is written', () => {
    expect(parseBenchOptions([])).toEqual({
      ...{ parts: new Set(partNames), sizes: defaultSizes },
      ...{ out: undefined, from: undefined },
    });
  });

  it('are what was given', () => {
    const args = ['--quick', '--only', 'hot,growth', '--rounds', '4', '--out', 'folder'];
    expect(parseBenchOptions(args)).toEqual({
      parts: new Set(['hot', 'growth']),
      sizes: { ...quickSizes, rounds: 4, sweepRounds: 4 },
      out: 'folder',
      from: undefined,
    });
  });

  it.each([
    [['--only', 'hot,cold'], '--only takes'],
    [['--rounds', '0'], '--rounds must be'],
    [['--seconds', '21'], '--seconds must be'],
    [['--quick', '--full'], 'exclude each other'],
    [['--fast'], '--fast'],
  ])('%j is refused and named', (args, message) => {
    expect(() => parseBenchOptions(args)).toThrow(UsageError);
    expect(() => parseBenchOptions(args)).toThrow(message);
  });
});
