import { describe, expect, test } from 'vitest';
import { faultKinds } from './faults/fault.js';
import { parseChaosOptions, UsageError } from './options.js';

describe('the options of a chaos run', () => {
  test('without any, a minute of 1,000 buyers a second on both engines, with a new seed', () => {
    expect(parseChaosOptions([], 42)).toEqual({
      ...{ seconds: 60, rate: 1_000, engines: ['postgres', 'redis'], seed: 42 },
      ...{ faults: faultKinds, overload: false },
    });
  });

  test('repeat a run by its seed', () => {
    const args = '--seed 7 --seconds=5 --rate 20 --engine redis --faults api-killed,redis-full';
    expect(parseChaosOptions(args.split(' '), 42)).toEqual({
      ...{ seconds: 5, rate: 20, engines: ['redis'], seed: 7 },
      ...{ faults: ['api-killed', 'redis-full'], overload: false },
    });
  });

  test.each([
    ['--engine kafka', /--engine must be redis, postgres or both/],
    ['--faults fire', /--faults knows worker-killed/],
    ['--seconds 0', /--seconds must be a whole number from 1/],
    ['--speed 3', /--speed/],
  ])('refuse %s with what would do', (args, message) => {
    const parse = () => parseChaosOptions(args.split(' '), 42);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });
});
