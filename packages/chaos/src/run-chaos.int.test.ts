import { engines, providedServers } from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startContainerServers } from './deployment/container-servers.test-fixture.js';
import { startLocalServers } from './deployment/local-servers.js';
import type { ChaosServers } from './deployment/servers.js';
import type { FaultKind } from './faults/fault.js';
import type { EngineName } from './options.js';
import { Random } from './random.js';
import { runChaos } from './run-chaos.js';

const seed = 20_261_120;
const rate = 80;
const secondsMax = 60;
const gapMs = 1_500;
const testMs = 240_000;

const faults: Readonly<Record<EngineName, readonly FaultKind[]>> = {
  postgres: ['worker-killed', 'postgres-killed', 'listen-cut', 'api-killed'],
  redis: ['redis-killed', 'worker-killed', 'redis-emptied', 'postgres-killed', 'api-killed'],
};

describe.each(engines)('a deployment on the $name engine', ({ name }) => {
  let servers: ChaosServers;

  // Servers of its own, of the kind that this run of the tests uses: containers, or processes.
  beforeEach(async () => {
    const inContainers = providedServers().kind === 'containers';
    servers = await (inContainers ? startContainerServers : startLocalServers)(name);
  }, testMs);
  afterEach(() => servers.stop());

  test('keeps every promise while its servers and processes are killed and started again', {
    timeout: testMs,
  }, async () => {
    const kinds = faults[name];
    const plan = kinds.map((kind, n) => ({
      kind,
      afterMs: gapMs,
      random: new Random(seed, -n - 1),
    }));
    const report = await runChaos({ servers, plan, seconds: secondsMax, rate, seed });
    expect(report.violations).toEqual([]);
    expect(new Set(report.faults.keys())).toEqual(new Set(kinds));
    expect(report.decided).toBeGreaterThan(rate);
  });
});
