import { defineConfig } from 'vitest/config';
import { whyNoPages } from './packages/browser/src/config.js';
import { suitesLeftOut } from './packages/testing/src/config.js';

/** Workspace packages are tested from their sources: the `source` condition of their exports. */
const fromSource = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
};

const workspaces = '{api,worker,packages/*}/src/**';

/** Suites that hold the stack to a time or to a load, and so have the machine to themselves. */
const alone = [
  'packages/{bench,browser,chaos}/src/**/*.int.test.ts',
  'worker/src/{hold-expiry,lane-owner,worker-*}.int.test.ts',
  'api/src/{connections-used,overload,redis-cluster}.int.test.ts',
  'api/src/routes/event-stream.int.test.ts',
  'packages/db/src/{client,index-plans,list-bookings}.int.test.ts',
  'packages/queue/src/lane-interrupt.int.test.ts',
];

/** vitest's own second is too short for a machine that does other things too. */
const patient = { expect: { poll: { timeout: 20_000 } } };

const leftOut = ['**/node_modules/**', ...suitesLeftOut()];

const onServers = {
  ...patient,
  globalSetup: ['packages/testing/src/global-setup.ts', 'packages/browser/src/announce.ts'],
  setupFiles: ['packages/testing/src/patience.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        ...fromSource,
        test: {
          ...patient,
          name: 'unit',
          include: [`${workspaces}/*.test.ts`],
          exclude: ['**/*.int.test.ts', '**/node_modules/**'],
          // Properties take as long as the machine is slow.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...fromSource,
        test: {
          ...onServers,
          name: 'integration',
          include: [`${workspaces}/*.int.test.ts`],
          exclude: [...leftOut, ...alone],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...fromSource,
        test: {
          ...onServers,
          name: 'integration-alone',
          include: alone,
          exclude: [...leftOut, ...(whyNoPages() ? ['packages/browser/**'] : [])],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
