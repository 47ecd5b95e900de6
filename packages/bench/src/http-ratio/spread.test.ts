import { describe, expect, it } from 'vitest';
import { UsageError } from '../integer-option.js';
import { spreadOf } from '../report/spread.js';
import { parseHttpRatioOptions } from './options.js';

describe('the spread of measurements', () => {
  it.each([
    [[4], { median: 4, min: 4, max: 4 }],
    [[9, 1, 5], { median: 5, min: 1, max: 9 }],
    [[9, 1, 5, 6], { median: 5.5, min: 1, max: 9 }],
  ])('of %j has the middle one and the ends', (values, spread) => {
    expect(spreadOf(values)).toEqual(spread);
  });

  it('of nothing is an error, not a number', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('the options of the ratio', () => {
  it('without any are five rounds of five seconds over 256 connections', () => {
    expect(parseHttpRatioOptions([])).toEqual({
      ...{ compare: 'validate', rounds: 5, seconds: 5, connections: 256 },
    });
  });

  it('name a comparison that there is', () => {
    expect(() => parseHttpRatioOptions(['--compare', 'x'])).toThrow('validate or guarded');
  });

  it('must not sell out a section within a measurement', () => {
    expect(() => parseHttpRatioOptions(['--seconds', '21'])).toThrow(UsageError);
  });
});
