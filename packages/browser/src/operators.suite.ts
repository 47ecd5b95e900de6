import { expect, test } from 'vitest';
import { type PagesStack, scrollsSideways, seriousFaults } from './pages.test-fixture.js';

/** What an operator sees. */
export function operatorsSuite(pages: () => PagesStack): void {
  test('a demo sale shows in the chart, the lanes and the hottest sections as it runs', async () => {
    const page = await pages().open('/ops');
    await page.getByText('every lane has an owner').waitFor();
    await page.getByRole('button', { name: 'Run a demo sale' }).click();
    await page.locator('.column-confirmed').first().waitFor();
    await page.locator('.column-held').first().waitFor();
    await page.locator('.hot li').nth(2).waitFor();
    const lanes = await page.locator('tr[data-lane]').allInnerTexts();
    expect(lanes).toHaveLength(2);
    expect(lanes.join()).toMatch(/[1-9]\d*\/s/);
    const sale = page.getByRole('link', { name: /^Demo sale of/ }).first();
    const saleName = await sale.innerText();
    await sale.click();
    expect(await page.locator('h1').innerText()).toBe(saleName);
  });

  test.each(['light', 'dark'] as const)(
    'a booking’s story is found by its id, %s',
    async (colorScheme) => {
      const { sections } = await pages().createEvent({ name: 'Standing', price: 100, capacity: 5 });
      const headers = { 'content-type': 'application/json' };
      const booked = await fetch(`${pages().address}/bookings?wait=10`, {
        ...{ method: 'POST', headers },
        body: JSON.stringify({ sectionId: sections[0].id, quantity: 2, hold: true }),
      });
      const { id } = (await booked.json()) as { id: string };
      await fetch(`${pages().address}/bookings/${id}`, { method: 'DELETE' });

      const page = await pages().open('/ops', {
        colorScheme,
        viewport: { width: 390, height: 800 },
      });
      await page.getByLabel('Booking id').fill(id);
      await page.getByRole('button', { name: 'Look up' }).click();
      await page.getByText('cancel → cancelled').waitFor();
      const lines = await page.locator('[data-story] li').allInnerTexts();
      expect(lines).toHaveLength(3);
      expect(lines[1]).toContain('book → held');
      expect(lines[1]).toContain('3 left after it');
      expect(await seriousFaults(page, colorScheme)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
      await page.reload();
      await page.getByText('cancel → cancelled').waitFor();
    },
  );
}
