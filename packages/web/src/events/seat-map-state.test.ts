import { expect, test } from 'vitest';
import { movedBy, statusAt, stillFree } from './seat-map-state.js';

const rows = [
  { row: 'A', seats: 'aahc' },
  { row: 'B', seats: 'aaaaaa' },
];

test('a letter is the status of a seat, and a seat that is not there is not to be had', () => {
  const statuses = [0, 2, 3, 4].map((index) => statusAt(rows[0] as (typeof rows)[0], index));
  expect(statuses).toEqual(['available', 'held', 'confirmed', 'confirmed']);
});

test('a chosen seat that somebody took leaves the choice', () => {
  expect(stillFree(rows, ['A-1', 'A-3', 'B-6', 'B-7', 'C-1'])).toEqual(['A-1', 'B-6']);
});

test('arrow keys go through the hall and stay within it', () => {
  expect(movedBy('ArrowRight', { row: 0, seat: 0 }, rows)).toEqual({ row: 0, seat: 1 });
  expect(movedBy('ArrowRight', { row: 0, seat: 3 }, rows)).toEqual({ row: 0, seat: 3 });
  expect(movedBy('ArrowDown', { row: 0, seat: 0 }, rows)).toEqual({ row: 1, seat: 1 });
  expect(movedBy('ArrowUp', { row: 1, seat: 5 }, rows)).toEqual({ row: 0, seat: 3 });
  expect(movedBy('ArrowUp', { row: 0, seat: 2 }, rows)).toEqual({ row: 0, seat: 2 });
  expect(movedBy('End', { row: 1, seat: 2 }, rows)).toEqual({ row: 1, seat: 5 });
  expect(movedBy('x', { row: 1, seat: 2 }, rows)).toEqual({ row: 1, seat: 2 });
});
