import { defineConfig } from 'vitest/config';
import { whyNoPages } from './packages/browser/src/config.js';

/** Workspace packages are tested from their sources: the `source` condition of their exports. */
const fromSource = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...fromSource,
        test: {
          name: 'unit',
          include: ['{api,worker,packages/*}/src/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/node_modules/**'],
          // Properties take as long as the machine is slow.
          testTimeout: 30_000,
        },
      },
      {
        ...fromSource,
        test: {
          name: 'integration',
          include: ['{api,worker,packages/*}/src/**/*.int.test.ts'],
          exclude: ['**/node_modules/**', ...(whyNoPages() ? ['packages/browser/**'] : [])],
          globalSetup: ['packages/testing/src/global-setup.ts', 'packages/browser/src/announce.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
