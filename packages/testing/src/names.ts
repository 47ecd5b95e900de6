/** What the names of the Redis prefixes of a run begin with. */
export const prefixOf = (run: string): string => `stile-test-${run}`;

/** What the names of the databases of a run begin with, the template's own included. */
export const databasePrefixOf = (run: string): string => `stile_test_${run}_`;

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const result = new URL(url);
  result.pathname = `/${name}`;
  return result.href;
}
