import { type BookCommand, decideBatch, type Section } from '@stile/core';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  bookCommands,
  decideJob,
  inventoriesOf,
  lane,
  newJobId,
  openJob,
  openStage,
  readStored,
  type Stage,
  stateOfConnection,
} from './decision.test-fixture.js';
import { abandonDecision, commitRemembered, createDatabase, takeLane } from './index.js';

let database: TestDatabase;
let stage: Stage;
/** What the lane's owner remembers of the stage's sections, and the database's time then. */
let sections: readonly Section[];
let nowUs: number;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  stage = await openStage(database.url, 10);
  await remember();
});
afterEach(() => stage.close());

async function remember(): Promise<void> {
  const open = await openJob(stage, bookCommands(newJobId(), stage.sectionIds, [1, 1]));
  await abandonDecision(stage.client);
  sections = [...open.sections.values()];
  nowUs = open.nowUs;
}

const newRequests = () => bookCommands(newJobId(), stage.sectionIds, [2, 3]);

async function commit(
  commands: readonly BookCommand[],
  {
    epoch = stage.epoch,
    decidedAtUs = nowUs,
    number = null as number | null,
    follows = null as number | null,
  } = {},
) {
  const remembered = { nowUs, sections: new Map(sections.map((s) => [s.id, s])) };
  const none = { bookings: [], seatsOfUsers: [], changesMade: new Set<string>() };
  const open = { kind: 'open', ...remembered, ...none } as const;
  const result = decideBatch(await inventoriesOf(stage.client, open), commands, decidedAtUs);
  const decision = {
    lane,
    epoch,
    sections,
    result,
    notifications: [],
    decidedAtUs,
    number,
    follows,
  };
  const committedAtUs = await commitRemembered(stage.client, decision);
  if (committedAtUs !== undefined) {
    sections = result.sections.map(({ section }) => section);
    nowUs = committedAtUs;
  }
  return { committedAtUs, result };
}

describe('a batch decided from memory', () => {
  test('is stored like one that was decided from what was read, batch after batch', async () => {
    for (let batch = 0; batch < 2; batch++) {
      const beganUs = nowUs;
      const { committedAtUs } = await commit(newRequests());
      expect(committedAtUs).toBeGreaterThanOrEqual(beganUs);
    }
    await decideJob(stage, newRequests());
    const { ledger, sections: stored } = await readStored(stage);
    expect(ledger.map(({ sequence, remaining }) => [Number(sequence), remaining])).toEqual([
      ...[8, 6, 4].map((remaining, n) => [n + 1, remaining]),
      ...[7, 4, 1].map((remaining, n) => [n + 1, remaining]),
    ]);
    expect(stored.map(({ remaining, confirmed }) => [remaining, confirmed])).toEqual([
      [4, 6],
      [1, 9],
    ]);
  });

  test('is stored as of the time that it was decided for', async () => {
    const decidedAtUs = nowUs - 1_000;
    await commit(newRequests(), { decidedAtUs });
    const { rows } = await stage.pool.query(
      `SELECT DISTINCT (extract(epoch FROM l.decided_at) * 1000000)::bigint AS ledger,
              (extract(epoch FROM b.decided_at) * 1000000)::bigint AS booking
         FROM ledger l JOIN bookings b ON b.id = l.booking_id WHERE l.section_id = ANY ($1)`,
      [stage.sectionIds],
    );
    expect(rows).toEqual([{ ledger: String(decidedAtUs), booking: String(decidedAtUs) }]);
  });

  test('is stored behind the batch that it follows', async () => {
    await commit(newRequests(), { number: 1 });
    expect(await commit(newRequests(), { follows: 1 })).toMatchObject({
      committedAtUs: expect.any(Number),
    });
  });

  /** What happens before the batch, and what is odd about it. */
  const refusals: [why: string, prepare: () => Promise<Parameters<typeof commit>>][] = [
    [
      'when its sections have moved on',
      async () => {
        await decideJob(stage, newRequests());
        return [newRequests()];
      },
    ],
    [
      'when one of its sections has',
      async () => {
        await decideJob(stage, bookCommands(newJobId(), [stage.sectionIds[1]], [1]));
        return [newRequests()];
      },
    ],
    [
      'when the lane has a newer owner',
      async () => {
        await takeLane(createDatabase(stage.pool), lane, 'another');
        return [newRequests()];
      },
    ],
    [
      'when a booking of it is stored',
      async () => {
        const commands = newRequests();
        await decideJob(stage, commands);
        await remember();
        return [commands];
      },
    ],
    [
      'when no batch was stored before the one it follows',
      async () => [newRequests(), { follows: 1 }],
    ],
    [
      'when the batch that it follows was refused',
      async () => {
        await commit(newRequests(), { number: 1 });
        await commit(newRequests(), { number: 2, epoch: stage.epoch + 1 });
        return [newRequests(), { follows: 2 }];
      },
    ],
    [
      'when another batch was stored since the one it follows',
      async () => {
        await commit(newRequests(), { number: 1 });
        await commit(newRequests());
        return [newRequests(), { follows: 1 }];
      },
    ],
    [
      'for a time ahead of the database’s',
      async () => [newRequests(), { decidedAtUs: nowUs + 60_000_000 }],
    ],
    [
      'for a time of over a second ago',
      async () => [newRequests(), { decidedAtUs: nowUs - 1_500_000 }],
    ],
  ];

  test.each(refusals)('is refused %s, and nothing is stored or left open', async (_, prepare) => {
    const batch = await prepare();
    const before = await readStored(stage);
    expect(await commit(...batch)).toMatchObject({ committedAtUs: undefined });
    expect(await readStored(stage)).toEqual(before);
    expect(await stateOfConnection(stage)).toBe('idle');
  });
});
