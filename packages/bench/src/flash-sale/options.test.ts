import { describe, expect, it } from 'vitest';
import { UsageError } from '../integer-option.js';
import { parseFlashSaleOptions } from './options.js';

describe('the options of a flash sale', () => {
  it('without any, 5000 buyers wait for 500 seats over 256 connections', () => {
    expect(parseFlashSaleOptions([])).toEqual({
      seats: 500,
      buyers: 5000,
      connections: 256,
      mode: 'wait',
      quantity: 1,
      url: undefined,
    });
  });

  it('are what was given, the address without its path', () => {
    const args = '--seats 3 --buyers=20 --connections 4 --mode poll --quantity 2';
    expect(parseFlashSaleOptions([...args.split(' '), '--url', 'http://host:81/x'])).toEqual({
      seats: 3,
      buyers: 20,
      connections: 4,
      mode: 'poll',
      quantity: 2,
      url: 'http://host:81',
    });
  });

  it('ask for help even beside nonsense', () => {
    expect(parseFlashSaleOptions(['--help', '--seats', 'none'])).toBe('help');
  });

  it.each([
    [['--seats', '0'], '--seats must be a whole number from 1 to 1000000, not "0"'],
    [['--seats', '1.5'], '--seats must be'],
    [['--buyers', '1e3'], '--buyers must be'],
    [['--buyers='], '--buyers must be'],
    [['--connections', '10001'], '--connections must be'],
    [['--quantity', '0x1'], '--quantity must be'],
    [['--mode', 'push'], '--mode must be wait or poll, not "push"'],
    [['--url', 'localhost:3000'], '--url must be an address'],
    [['--seat', '5'], '--seat'],
    [['5'], 'Unexpected argument'],
  ])('%j is refused and named', (args, message) => {
    expect(() => parseFlashSaleOptions(args)).toThrow(UsageError);
    expect(() => parseFlashSaleOptions(args)).toThrow(message);
  });
});
