/**
 * Settings that make test servers faster or larger and change no outcome. Without `fsync` a power
 * cut could lose data, which no test cuts; benchmarks start servers of their own.
 */
export const fastSettings: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '300',
};
