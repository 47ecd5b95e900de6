import { readConfig as readApiConfig, type StileApi, startApi } from '@stile/api';
import { createTestDatabase, dropPrefix, engines, uniquePrefix } from '@stile/testing';
import { readConfig as readWorkerConfig, type StileWorker, startWorker } from '@stile/worker';
import axe from 'axe-core';
import { pino } from 'pino';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from './launch-chromium.js';

export interface SectionAnswer {
  readonly id: string;
  readonly name: string;
  readonly remaining: number;
}
export interface EventAnswer {
  readonly id: string;
  readonly name: string;
  readonly sections: readonly [SectionAnswer, ...SectionAnswer[]];
}

/** A listening api, its worker and a browser, on a database and lanes of their own. */
export interface PagesStack {
  readonly address: string;
  /** A visitor with a memory of their own; `path` is what follows the address. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  createEvent(...sections: readonly object[]): Promise<EventAnswer>;
  /** Stops the api; every stream and every connection ends. */
  stopApi(): Promise<void>;
  /** Starts it again where it was. */
  startApi(): Promise<void>;
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  /** What the browser's consoles complained about since the last call. */
  takeComplaints(): string[];
  stop(): Promise<void>;
}

const logger = pino({ level: 'silent' });

/** Starts everything; the caller stops it. On Redis when there is one: pages know no engine. */
export async function startPages(): Promise<PagesStack> {
  const engine = engines.at(-1);
  const redisUrl = engine?.redisUrl;
  const database = await createTestDatabase();
  const prefix = uniquePrefix();
  const shared = { DATABASE_URL: database.url, QUEUE_PREFIX: prefix, LANES: '2' };
  const startDeciding = (): Promise<StileWorker> =>
    startWorker({ ...readWorkerConfig({ ...shared, TAKE_WAIT_MS: '500' }), redisUrl }, logger);
  const startAt = (port: number): Promise<StileApi> =>
    startApi(
      { ...readApiConfig({ ...shared, PORT: String(port), DRAIN_MS: '0' }), redisUrl },
      logger,
    );
  let api = await startAt(0);
  let worker = await startDeciding();
  const { address } = api;
  const browser: Browser = await launchChromium();
  let complaints: string[] = [];

  return {
    address,
    open: async (path, options = {}) => {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${address}${path}`);
      return page;
    },
    createEvent: async (...sections) => {
      const response = await fetch(`${address}/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'An evening', kind: 'concert', sections }),
      });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as EventAnswer;
    },
    stopApi: () => api.stop(),
    startApi: async () => {
      api = await startAt(Number(new URL(address).port));
    },
    stopWorker: () => worker.stop(),
    startWorker: async () => {
      worker = await startDeciding();
    },
    takeComplaints: () => {
      const taken = complaints;
      complaints = [];
      return taken;
    },
    stop: async () => {
      await browser.close();
      await api.stop();
      await worker.stop();
      if (redisUrl !== undefined) await dropPrefix(redisUrl, prefix);
      await database.drop();
    },
  };
}

/** Opens an event and waits for its live numbers. */
export async function openEvent(
  pages: PagesStack,
  { id }: EventAnswer,
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await pages.open(`/#/events/${id}`, options);
  await page.locator('[data-stream=live]').waitFor();
  return page;
}

/** Waits until the booking that the page shows has this status. */
export const waitForStatus = (page: Page, status: string): Promise<void> =>
  page.locator(`[data-status=${status}]`).waitFor();

/**
 * The faults that axe finds on the page, of those that keep people out. In the dark it looks at the
 * colours only: nothing else differs.
 */
export async function seriousFaults(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  await page.evaluate(axe.source);
  const runOnly: axe.RunOnly =
    scheme === 'dark'
      ? { type: 'rule', values: ['color-contrast'] }
      : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
  const { violations } = await page.evaluate(
    (only) => (window as unknown as { axe: typeof axe }).axe.run({ runOnly: only }),
    runOnly,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
}

/** True when the page is wider than its window. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
