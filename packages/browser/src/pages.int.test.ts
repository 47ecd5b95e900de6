import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { buyersSuite } from './buyers.suite.js';
import { operatorsSuite } from './operators.suite.js';
import { type PagesStack, startPages } from './pages.test-fixture.js';
import { restartSuite } from './restart.suite.js';

// One file, so that servers and browser start once.
let pages: PagesStack;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.stop());
afterEach(() => {
  expect(pages.takeComplaints()).toEqual([]);
});

describe('buyers', () => buyersSuite(() => pages));
describe('operators', () => operatorsSuite(() => pages));
describe('a restart', () => restartSuite(() => pages));
