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
