import { expect, test } from 'vitest';
import { openEvent, type PagesStack, waitForStatus } from './pages.test-fixture.js';

/** What becomes of open pages when the server goes away for a while. */
export function restartSuite(pages: () => PagesStack): void {
  test('the server restarts: the pages say so, come back by themselves and miss nothing', async () => {
    const event = await pages().createEvent({ name: 'Standing', price: 3_500, capacity: 10 });
    const [watcher, holder] = await Promise.all([
      openEvent(pages(), event),
      openEvent(pages(), event),
    ]);
    await holder.getByRole('button', { name: 'Hold 1 seat' }).click();
    await waitForStatus(holder, 'held');
    await watcher.getByText('9 of 10 left').waitFor();

    await pages().stopApi();
    await watcher.getByText('Connection lost').waitFor();
    await holder.getByText('can not be reached').waitFor();

    await pages().startApi();
    await watcher.locator('[data-stream=live]').waitFor();
    await holder.getByRole('button', { name: 'Confirm booking' }).click();
    await waitForStatus(holder, 'confirmed');
    await holder.getByRole('button', { name: 'Cancel booking' }).click();
    await holder.getByRole('button', { name: 'Yes, cancel' }).click();
    await watcher.getByText('10 of 10 left').waitFor();

    // A browser itself complains of connections that it can't have, and of nothing else.
    const complaints = pages().takeComplaints();
    expect(complaints.filter((text) => !text.includes('net::ERR_'))).toEqual([]);
  });
}
