import type pg from 'pg';

/**
 * Sends all queries that `ask` makes on this client in a single write to its socket, rather than
 * one each: the statements of a flight reach the server together, and wake it once.
 */
export function inOneWrite<Answers>(client: pg.Client, ask: () => Answers): Answers {
  const { stream } = client.connection;
  stream.cork();
  try {
    return ask();
  } finally {
    stream.uncork();
  }
}
