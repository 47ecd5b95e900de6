import { pino } from 'pino';
import { expect, test } from 'vitest';
import { logOptions } from './logger.js';

const hidden = 'hunter2-hunter2';

test('secrets are left out of a log, however deep in an object they stand', () => {
  const lines: string[] = [];
  const logger = pino(logOptions('test', 'info'), { write: (line) => lines.push(line) });
  logger.info({ authorization: hidden, cookie: hidden });
  logger.info({ headers: { authorization: hidden, 'set-cookie': hidden, accept: 'kept' } });
  logger.info({ req: { headers: { cookie: hidden } }, config: { password: hidden } });
  logger.error({ err: Object.assign(new Error('kept'), { request: { secret: hidden } }) });
  expect(lines).toHaveLength(4);
  expect(lines.join('')).not.toContain(hidden);
  expect(lines.join('').match(/kept/g)?.length).toBeGreaterThanOrEqual(2);
});

test('a query that failed is logged without its values', () => {
  const lines: string[] = [];
  const logger = pino(logOptions('test', 'info'), { write: (line) => lines.push(line) });
  const cause = Object.assign(new Error('the database is starting up'), { code: '57P03' });
  const params = Array.from({ length: 100 }, () => hidden);
  const message = `Failed query: SELECT $1\nparams: ${params}`;
  const err = Object.assign(new Error(message, { cause }), { query: 'SELECT $1', params });
  logger.error({ err }, 'a request failed');
  const [line = ''] = lines;
  expect(line).not.toContain(hidden);
  expect(JSON.parse(line).err).toMatchObject({
    ...{ code: '57P03', message: 'the database is starting up', query: 'SELECT $1' },
  });
});
