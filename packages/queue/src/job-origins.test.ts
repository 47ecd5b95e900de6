import { jobIdFrom } from '@stile/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeOrigins, type Origin, requestIdsOf } from './job-origins.js';
import { requestIdOf } from './request-id.js';

const processNumber = 4_711;
const jobId = jobIdFrom({ timeMs: 1, lane: 3, processNumber, counter: 0 });
const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

const origin = fc.option(
  fc.record({ number: fc.nat(), traced: fc.boolean() }).map(
    ({ number, traced }): Origin => ({
      requestId: requestIdOf(processNumber, number),
      ...(traced && { traceparent }),
    }),
  ),
  { nil: undefined },
);

test('each command finds its request again, whatever their order', () => {
  fc.assert(
    fc.property(fc.array(origin), (origins) => {
      const encoded = encodeOrigins(origins);
      const ids = requestIdsOf(jobId, encoded);
      expect(origins.map((_, index) => ids[index])).toEqual(origins.map((o) => o?.requestId));
      const traced = origins.flatMap((o, index) => (o?.traceparent ? [[index, traceparent]] : []));
      expect(encoded.traces ?? []).toEqual(traced);
    }),
  );
});

test('the requests of a rush cost a job two bytes each', () => {
  const rush = Array.from({ length: 500 }, (_, n) => ({ requestId: requestIdOf(7, 123_456 + n) }));
  expect(JSON.stringify(encodeOrigins(rush)).length).toBeLessThan(2 * 500 + 30);
});
