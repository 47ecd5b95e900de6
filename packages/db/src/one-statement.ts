import type pg from 'pg';

type Joined = Pick<pg.QueryConfig, 'name' | 'text'>;
const joinedBefore = new Map<string, Joined>();

/**
 * Several named statements as one, prepared once for each combination: PostgreSQL runs it in a
 * transaction of its own, so all of them or none. Its rows are those of the first, which must be a
 * SELECT. They don't see what the others write, and come in no particular order.
 */
export function asOneStatement(parts: readonly pg.QueryConfig[]): pg.QueryConfig {
  const key = parts.map((part) => part.name).join(' ');
  let joined = joinedBefore.get(key);
  if (joined === undefined) {
    // Not the key: a name has 63 characters at most.
    joined = { name: `stile-together-${joinedBefore.size}`, text: joinedText(parts) };
    joinedBefore.set(key, joined);
  }
  return { ...joined, values: parts.flatMap((part) => part.values ?? []) };
}

function joinedText(parts: readonly pg.QueryConfig[]): string {
  let before = 0;
  const named = parts.map(({ text, values = [] }, n) => {
    const own = text.replace(/\$(\d+)/g, (_, place) => `$${before + Number(place)}`);
    before += values.length;
    return `part_${n} AS (${own})`;
  });
  // A SELECT that nothing refers to would not be run.
  const counts = parts.flatMap(({ text }, n) =>
    n > 0 && /^\s*SELECT/.test(text) ? `, (SELECT count(*) FROM part_${n}) AS rows_${n}` : [],
  );
  return `WITH ${named.join(', ')} SELECT part_0.*${counts.join('')} FROM part_0`;
}
