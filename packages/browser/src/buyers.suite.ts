import { expect, test } from 'vitest';
import {
  openEvent,
  type PagesStack,
  scrollsSideways,
  seriousFaults,
  waitForStatus,
} from './pages.test-fixture.js';

/** What a buyer can do, and is told. */
export function buyersSuite(pages: () => PagesStack): void {
  const general = { name: 'Standing', price: 3_500, capacity: 10 };
  const hall = {
    ...{ name: 'Stalls', price: 2_000, seating: 'reserved' },
    rows: [
      { row: 'A', seats: 4 },
      { row: 'B', seats: 6 },
    ],
  };

  test('two browsers race for the last seat: one gets it, the other is told why not', async () => {
    const event = await pages().createEvent({ ...general, capacity: 1 });
    const racers = await Promise.all([openEvent(pages(), event), openEvent(pages(), event)]);
    await Promise.all(
      racers.map((page) => page.getByRole('button', { name: 'Book at once' }).click()),
    );
    const ended = racers.map((page) =>
      page.locator('[data-status=confirmed], [data-status=rejected]'),
    );
    await Promise.all(ended.map((ticket) => ticket.waitFor()));
    const headlines = await Promise.all(racers.map((page) => page.locator('h1').innerText()));
    expect(headlines.sort()).toEqual(['Not booked', 'Your seat is booked']);
    const loser = racers[(await racers[0].locator('[data-status=rejected]').count()) === 1 ? 0 : 1];
    expect(await loser?.locator('.ticket-head').innerText()).toContain(
      'not enough seats were left',
    );
  });

  test('a bar moves in one browser within 500 ms of a booking in another', async () => {
    const event = await pages().createEvent(general);
    const watcher = await openEvent(pages(), event);
    /** When the bar shows so many seats, by the clock that both browsers have. */
    const movedTo = (remaining: number): Promise<number> =>
      watcher.evaluate(
        (wanted) =>
          new Promise<number>((resolve) => {
            const bar = document.querySelector('.section [role=meter]') as Element;
            new MutationObserver(() => {
              if (bar.getAttribute('aria-valuenow') === wanted) resolve(Date.now());
            }).observe(bar, { attributes: true });
          }),
        String(remaining),
      );
    // What else the machine does only adds: a slow booking is followed by another.
    const tookMs: number[] = [];
    while (tookMs.length < 4 && !tookMs.some((ms) => ms < 500)) {
      const buyer = await openEvent(pages(), event);
      const moved = movedTo(9 - tookMs.length);
      const accepted = buyer.waitForResponse((response) => response.request().method() === 'POST');
      await buyer.getByRole('button', { name: 'Book at once' }).click();
      await accepted;
      const acceptedAtMs = Date.now();
      tookMs.push((await moved) - acceptedAtMs);
      await buyer.context().close();
    }
    expect(Math.min(...tookMs)).toBeLessThan(500);
    const left = `${10 - tookMs.length} of 10 left`;
    expect(await watcher.locator('.section').innerText()).toContain(left);
  });

  test('seats are held with a countdown, survive a reload, are confirmed and given back', async () => {
    const event = await pages().createEvent({ ...general, holdSeconds: 60 });
    const page = await openEvent(pages(), event);
    await page.getByRole('button', { name: 'Hold 1 seat' }).click();
    await waitForStatus(page, 'held');
    const countdown = page.getByRole('timer');
    expect(await countdown.innerText()).toMatch(/^(1:00|0:5\d)$/);
    await page.getByText('0:58').waitFor();

    await page.reload();
    await waitForStatus(page, 'held');
    await page.getByRole('button', { name: 'Confirm booking' }).click();
    await waitForStatus(page, 'confirmed');
    expect(await page.locator('.ticket').innerText()).toContain('€35');

    await page.getByRole('link', { name: 'My bookings' }).click();
    const row = page.locator('[data-booking]');
    await row.getByText('Confirmed').waitFor();
    await row.getByRole('button', { name: 'Cancel booking' }).click();
    await row.getByRole('button', { name: 'Yes, cancel' }).click();
    await row.getByText('Cancelled').waitFor();
    const { sections } = await (await fetch(`${pages().address}/events/${event.id}`)).json();
    expect(sections[0].remaining).toBe(10);
  });

  test('a hold that nobody confirms ends, and its page says so', async () => {
    const event = await pages().createEvent({ ...general, holdSeconds: 1 });
    const page = await openEvent(pages(), event);
    await page.getByRole('button', { name: 'Hold 1 seat' }).click();
    await waitForStatus(page, 'expired');
    expect(await page.locator('h1').innerText()).toBe('The hold is over');
  });

  test('seats are chosen by mouse and by keys; one that somebody takes leaves the choice', async () => {
    const event = await pages().createEvent(hall);
    const [chooser, rival] = await Promise.all([
      openEvent(pages(), event),
      openEvent(pages(), event),
    ]);
    for (const page of [chooser, rival]) await page.getByText('Choose seats').click();
    await chooser.locator('[data-seat=B-2]').click();
    await chooser.keyboard.press('ArrowRight');
    await chooser.keyboard.press('Space');
    await chooser.getByText('Chosen: B-2, B-3').waitFor();

    await rival.locator('[data-seat=B-3]').click();
    await rival.getByRole('button', { name: 'Book at once' }).click();
    await waitForStatus(rival, 'confirmed');
    await chooser.getByText('Chosen: B-2', { exact: true }).waitFor();
    expect(await chooser.locator('[data-seat=B-3]').getAttribute('aria-label')).toContain('sold');

    await chooser.getByRole('button', { name: 'Hold 1 seat' }).click();
    await waitForStatus(chooser, 'held');
    expect(await chooser.locator('.ticket').innerText()).toContain('B-2');
  });

  test('a request in the queue shows its place until its turn comes', async () => {
    const event = await pages().createEvent(general);
    await pages().stopWorker();
    const page = await openEvent(pages(), event);
    await page.getByRole('button', { name: 'Hold 1 seat' }).click();
    await waitForStatus(page, 'queued');
    await page.getByText('You are next.').waitFor();
    await page.reload();
    await page.getByText('You are next.').waitFor();
    await pages().startWorker();
    await waitForStatus(page, 'held');
  });

  test('where each person has a limit, it books for the person who is named', async () => {
    const event = await pages().createEvent({ ...general, maxPerUser: 1 });
    const page = await openEvent(pages(), event);
    for (const status of ['confirmed', 'rejected']) {
      const book = page.getByRole('button', { name: 'Book at once' });
      if (status === 'confirmed') {
        await page.getByLabel('Name').fill('Ada');
        await page.getByLabel('E-mail').fill('ada@example.org');
      }
      await book.click();
      await waitForStatus(page, status);
      await page.goto(`${pages().address}/#/events/${event.id}`);
    }
  });

  test.each(['light', 'dark'] as const)(
    'nobody is kept out, %s: axe finds nothing serious',
    async (colorScheme) => {
      const event = await pages().createEvent(hall, { ...general, maxPerUser: 2 });
      const phone = { colorScheme, viewport: { width: 360, height: 740 } };
      const page = await openEvent(pages(), event, phone);
      const check = async (): Promise<void> => {
        expect(await seriousFaults(page, colorScheme)).toEqual([]);
        expect(await scrollsSideways(page)).toBe(false);
      };
      await page.getByText('Choose seats').click();
      await page.locator('[data-seat=A-1]').click();
      await check();
      await page.getByRole('button', { name: 'Hold 1 seat' }).click();
      await waitForStatus(page, 'held');
      await page.getByText('€20').waitFor();
      await check();
      await page.getByRole('button', { name: 'Cancel booking' }).click();
      await check();
      await page.getByRole('link', { name: 'My bookings' }).click();
      await page.locator('main').getByRole('heading', { name: 'My bookings' }).waitFor();
      await page.getByText('Held', { exact: true }).waitFor();
      await check();
      await page.getByRole('link', { name: 'Events' }).click();
      await page.locator('.event-row').first().waitFor();
      await check();
    },
  );
}
