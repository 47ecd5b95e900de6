import DataLoader from 'dataloader';

/** Ids that one query asks for at most. */
const idsPerReadMax = 100;

/**
 * Reads rows by id, for everybody who asks: one query at a time answers all who asked while the
 * one before it ran. So a crowd at one event costs hardly more than a single visitor, and since
 * each query begins after it was asked for, nobody is shown anything older than his question.
 * Rejects, for all who asked with it, what `readMany` throws.
 */
export function batchedReads<Row extends { readonly id: string }>(
  readMany: (ids: readonly string[]) => Promise<readonly Row[]>,
): (id: string) => Promise<Row | undefined> {
  let reading: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<string, Row | undefined>(
    async (ids) => {
      const rows = readMany([...new Set(ids)]);
      reading = rows.catch(() => undefined);
      const found = new Map((await rows).map((row) => [row.id, row]));
      return ids.map((id) => found.get(id));
    },
    {
      cache: false,
      maxBatchSize: idsPerReadMax,
      batchScheduleFn: (read) => void reading.then(read),
    },
  );
  // A UUID may be asked for in capitals; the database writes it small.
  return (id) => loader.load(id.toLowerCase());
}
