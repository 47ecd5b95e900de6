import { expect, test } from 'vitest';
import type { Event } from '../api/stile.js';
import { saleStateOf, totalOf, withNewest, withNews } from './live-event.js';

const section = (id: string, remaining: number, version: number) => ({
  ...{ id, name: id, seating: 'general' as const, price: 100, capacity: 10 },
  ...{ remaining, version, holdSeconds: 60 },
});
const event: Event = {
  ...{ id: 'e', name: 'E', currency: 'EUR', version: 10, createdAt: '2026-01-01T00:00:00Z' },
  sections: [section('a', 10, 3), section('b', 4, 7)],
};
const remainingIn = ({ sections }: Event) => sections.map(({ remaining }) => remaining);

test('news of a section shows, older news does not', () => {
  const newer = withNews(event, { sectionId: 'a', remaining: 8, version: 5 });
  expect(remainingIn(newer)).toEqual([8, 4]);
  expect(withNews(newer, { sectionId: 'a', remaining: 9, version: 4 })).toBe(newer);
  expect(withNews(newer, { sectionId: 'x', remaining: 0, version: 9 })).toBe(newer);
});

test('reading an event again never takes newer news back', () => {
  const known = withNews(event, { sectionId: 'b', remaining: 1, version: 9 });
  expect(remainingIn(withNewest(event, known))).toEqual([10, 1]);
  expect(remainingIn(withNewest(event, undefined))).toEqual([10, 4]);
});

test('an event is on sale within its window, while there are seats', () => {
  const window = { salesOpenAt: '2026-01-01T10:00:00Z', salesCloseAt: '2026-01-01T11:00:00Z' };
  const at = (time: string, sold: Event) => saleStateOf(sold, Date.parse(time)).kind;
  const timed = { ...event, ...window };
  expect(at('2026-01-01T09:59:59.999Z', timed)).toBe('before');
  expect(at('2026-01-01T10:00:00Z', timed)).toBe('open');
  expect(at('2026-01-01T11:00:00Z', timed)).toBe('closed');
  expect(at('2026-01-01T10:30:00Z', { ...timed, sections: [section('a', 0, 9)] })).toBe('sold out');
  expect(totalOf(event)).toEqual({ capacity: 20, remaining: 14 });
});
