import { createDatabase, createPool, ensureLanes, insertEvent } from '@stile/db';
import { createTestDatabase } from '@stile/testing';
import { expect, test } from 'vitest';
import { SectionDirectory } from './section-directory.js';

const sectionId = '018f0000-0000-7000-8000-aaaa00000001';

test('a section that is changed while it is looked up is found all the same', async () => {
  const database = await createTestDatabase();
  const onError = () => undefined;
  const pool = createPool({
    ...{ connectionString: database.url, max: 1, applicationName: 'test-directory', onError },
  });
  try {
    const db = createDatabase(pool);
    await ensureLanes(db, 1);
    await insertEvent(db, {
      id: '018f0000-0000-7000-8000-eeee00000001',
      ...{ name: 'Open air', kind: null, currency: 'EUR', startsAt: null },
      sections: [{ id: sectionId, lane: 0, name: 'Lawn', price: 2_500, capacity: 10 }],
    });
    const sections = new SectionDirectory(db);
    const found = sections.find(sectionId);
    sections.forget([sectionId]);
    expect((await found)?.price).toBe(2_500);
  } finally {
    await pool.end();
    await database.drop();
  }
});
