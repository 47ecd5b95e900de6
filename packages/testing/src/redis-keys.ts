import { Redis } from 'ioredis';

/** Removes every key of a prefix, with or without a hash tag around it, and counts them. */
export async function dropPrefix(url: string, prefix: string): Promise<number> {
  const redis = new Redis(url);
  try {
    let count = 0;
    for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1000 })) {
      count += keys.length;
      // One by one: keys of several lanes are in several slots of a cluster.
      await Promise.all(keys.map((key: string) => redis.unlink(key)));
    }
    return count;
  } finally {
    await redis.quit();
  }
}
