import type { BookCommand, Command } from '@stile/core';
import { cancelQueued, type Database } from '@stile/db';
import type pg from 'pg';
import type { Lane } from './lane.test-fixture.js';

const idOf = (group: string, n: number): string => `018f0000-0000-7000-8000-00000000${group}0${n}`;

export const eventIds = { open: idOf('e0', 1), closed: idOf('e0', 2) } as const;
export const sectionIds = {
  /** General, 20 seats: all that can happen to a booking, and a change of its terms. */
  floor: idOf('50', 1),
  /** Reserved, two rows of 5. */
  hall: idOf('50', 2),
  /** Its holds are over at once. */
  brief: idOf('50', 3),
  /** Nothing was ever asked for here; of the other event. */
  unsold: idOf('50', 4),
} as const;
export const userIds = [idOf('c0', 1), idOf('c0', 2), idOf('c0', 3)] as const;

/** Two events and three users, and nothing sold. */
export async function insertSections(pool: pg.Pool): Promise<void> {
  await pool.query('INSERT INTO lanes (lane) VALUES (0)');
  await pool.query(
    "INSERT INTO events (id, name, currency) SELECT unnest($1::uuid[]), 'A sale', 'EUR'",
    [Object.values(eventIds)],
  );
  await pool.query(
    `INSERT INTO users (id, name, email)
     SELECT id, 'Ada', n || '@example.org' FROM unnest($1::uuid[]) WITH ORDINALITY AS u (id, n)`,
    [userIds],
  );
  const { floor, hall, brief, unsold } = sectionIds;
  await pool.query(
    `INSERT INTO sections (id, event_id, lane, position, name, price, capacity, remaining, seating,
                           seat_rows, hold_seconds)
     VALUES ($1, $5, 0, 0, 'Floor', 2500, 20, 20, 'general', NULL, 120),
            ($2, $5, 0, 1, 'Hall', 2500, 10, 10, 'reserved', $7, 120),
            ($3, $5, 0, 2, 'Brief', 2500, 4, 4, 'general', NULL, 0),
            ($4, $6, 0, 3, 'Unsold', 2500, 20, 20, 'general', NULL, 120)`,
    [
      ...[floor, hall, brief, unsold, eventIds.open, eventIds.closed],
      JSON.stringify([
        { row: 'A', seats: 5 },
        { row: 'B', seats: 5 },
      ]),
    ],
  );
}

/** The numbers of the decisions are in the comments: the tests tamper with them. */
export async function live(lane: Lane, db: Database): Promise<void> {
  const { floor, hall, brief } = sectionIds;
  const [ada, bob] = userIds;
  const sold = lane.book(floor, 1, { userId: ada }); // floor 1
  const given = lane.book(floor, 3); // 2
  const held = lane.book(floor, 2, { hold: true, userId: bob }); // 3
  const tooMany = lane.book(floor, 30); // 4: sold_out
  const cancelled = lane.book(floor, 2); // 5: cancelled in the queue
  const three = lane.book(hall, 3); // hall 1: A-1 … A-3
  const chosen = lane.book(hall, 2, { seats: ['B-1', 'B-2'] }); // 2
  const inVain = lane.book(hall, 1, { seats: ['B-2'] }); // 3: seat_taken
  const over = lane.book(brief, 2, { hold: true }); // brief 1
  const late = lane.book(brief, 1, { hold: true }); // 2
  await cancelQueued(db, cancelled);
  await lane.decide([sold, given, held, tooMany, cancelled, three, chosen, inVain, over, late]);
  await lane.decide([
    lane.confirm(held), // floor 6
    lane.cancel(given), // 7
    lane.change(floor, { price: 3_000, maxPerUser: 2 }), // 8
    lane.cancel(chosen), // hall 4
    lane.expire(over), // brief 3
    { ...lane.confirm(late), acceptedAtUs: lane.acceptedAtUs(60_000) }, // 4: too late, expired
  ]);
  await lane.decide([
    lane.book(floor, 1, { userId: ada }), // floor 9
    lane.book(floor, 1, { userId: ada }), // 10: limit_exceeded
    lane.book(hall, 1, { seats: ['B-2'] }), // hall 5
    lane.book(hall, 4), // 6: the rest of row B
    lane.book(brief, 4, { hold: true }), // brief 5
  ]);
}

/** Decisions of `live`, in all. */
export const decisionsOfLive = 21;

/** Jobs of everything at once, until `isOver`; tells how many. */
export async function rush(lane: Lane, isOver: (jobs: number) => boolean): Promise<number> {
  const { floor, hall, brief } = sectionIds;
  const asked: BookCommand[] = [];
  let jobs = 0;
  for (let n = 0; !isOver(jobs); jobs++) {
    const commands: Command[] = [];
    for (; commands.length < 40; n++) {
      const userId = userIds[n % 3] as string;
      const sectionId = [floor, hall, brief][n % 3] as string;
      const wish = lane.book(sectionId, (n % 4) + 1, { hold: n % 5 < 2, userId });
      asked.push(wish);
      commands.push(wish);
      const earlier = asked[n - 30 - (n % 7)];
      if (earlier === undefined) continue;
      if (n % 2 === 0) commands.push(lane.confirm(earlier));
      else commands.push(n % 4 === 1 ? lane.cancel(earlier) : lane.expire(earlier));
      const older = asked[n - 60];
      if (older !== undefined) commands.push(lane.cancel(older));
      if (n % 50 === 0) commands.push(lane.change(floor, { price: n, capacity: 20 + (n % 7) }));
    }
    await lane.decide(commands);
  }
  return jobs;
}
