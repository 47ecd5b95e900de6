import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { StageEvents } from './events.js';

const desktop: BrowserContextOptions = {
  viewport: { width: 1180, height: 800 },
  deviceScaleFactor: 1.5,
};
const phone: BrowserContextOptions = {
  ...{ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  ...{ isMobile: true, hasTouch: true },
};
/** Milliseconds of a demo sale that fill the chart. */
const saleMs = 17_000;

/** Takes the pictures of the README, one after the other, and says the file of each. */
export async function* takeScreenshots(
  browser: Browser,
  address: string,
  { concert, theatre }: StageEvents,
  folder: string,
): AsyncGenerator<string> {
  const shoot = async (
    name: string,
    options: BrowserContextOptions,
    scene: (page: Page) => Promise<void>,
  ): Promise<string> => {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    const page = await context.newPage();
    await scene(page);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    await context.close();
    return path;
  };
  const openEvent = async (page: Page, id: string): Promise<void> => {
    await page.goto(`${address}/#/events/${id}`);
    await page.locator('[data-stream=live]').waitFor();
  };
  const chooseSeats = async (page: Page): Promise<void> => {
    await openEvent(page, theatre.id);
    await page.getByText('Choose seats').click();
    const free = page.locator('.seat-available');
    await free.first().waitFor();
    for (const seat of ['H-9', 'H-10']) await page.locator(`[data-seat=${seat}]`).click();
  };
  const light = { colorScheme: 'light' } as const;
  const dark = { colorScheme: 'dark' } as const;

  yield await shoot('event-light', { ...desktop, ...light }, (page) => openEvent(page, concert.id));
  yield await shoot('seats-dark', { ...desktop, ...dark }, chooseSeats);
  yield await shoot('seats-phone', { ...phone, ...light }, async (page) => {
    await chooseSeats(page);
    await page.locator('.book-column').scrollIntoViewIfNeeded();
    await page.locator('.book-panel').evaluate((panel) => panel.scrollIntoView());
  });
  const hold = async (page: Page): Promise<void> => {
    await chooseSeats(page);
    await page.getByRole('button', { name: /^Hold/ }).click();
    await page.locator('[data-status=held]').waitFor();
    await page.getByText('The Winter’s Tale').last().waitFor();
  };
  yield await shoot('held-phone', { ...phone, ...dark }, async (page) => {
    await hold(page);
    await page.locator('[data-status=held]').getByRole('timer').getByText('2:57').waitFor();
  });
  yield await shoot('confirmed-phone', { ...phone, ...light }, async (page) => {
    await openEvent(page, concert.id);
    await page.getByRole('button', { name: 'Book at once' }).click();
    await page.locator('[data-status=confirmed]').waitFor();
    await page.getByText('€35').waitFor();
  });

  const findStory = async (page: Page): Promise<void> => {
    await page.locator('.hot li').nth(2).waitFor();
    const { data } = await (await page.request.get(`${address}/bookings?status=cancelled`)).json();
    await page.getByLabel('Booking id').fill(data[0].id);
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.locator('.story').waitFor();
    await page.evaluate(() => window.scrollTo(0, 0));
  };
  const tall = { ...desktop, viewport: { width: 1180, height: 1160 } };
  yield await shoot('ops-light', { ...tall, ...light }, async (page) => {
    await page.goto(`${address}/ops`);
    await page.getByRole('button', { name: 'Run a demo sale' }).click();
    await page.waitForTimeout(saleMs);
    await findStory(page);
  });
  yield await shoot('ops-dark', { ...tall, ...dark }, async (page) => {
    await page.goto(`${address}/ops`);
    await findStory(page);
  });
}
