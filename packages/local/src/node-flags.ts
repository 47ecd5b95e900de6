/**
 * How V8 keeps the memory of an api or worker. Its heap has a bound: without one V8 takes a
 * machine's free memory for its own and collects garbage late. Its nursery is large, so that what a
 * waiting client keeps alive is copied seldom, and garbage is collected on the process's own thread:
 * helpers would take the cores from PostgreSQL, Redis and the other processes. In production
 * `package.json` and `Dockerfile` say the same. Sizes are in MB.
 */
export const nodeFlags: readonly string[] = [
  '--max-old-space-size=384',
  '--single-threaded-gc',
  '--min-semi-space-size=32',
  '--max-semi-space-size=32',
];
