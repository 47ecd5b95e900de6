import type { Contest } from '../comparison/contest.js';
import type { PartResult } from './part-result.js';

/** Buyers who are answered 202 and poll GET /bookings/:id until they know their outcome. */
export async function pollingPart({ site, fleet, sizes }: Contest): Promise<PartResult> {
  const buyers = sizes.pollingBuyers;
  const outcomes = new Map(fleet.stiles.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < sizes.rounds; round++) {
    for (const stile of fleet.stiles) {
      site.say(`${stile.title}: ${buyers.toLocaleString('en-US')} buyers poll`);
      const { sectionId, progress } = await site.generator.sellToPolling({
        address: stile.origin,
        ...{ seats: 500, buyers, connections: 256, mode: 'poll', quantity: 1 },
      });
      const check = await stile.check({ eventId: '', sectionIds: [sectionId] });
      const allTold = progress.failed === 0 && progress.answered === buyers;
      if (!allTold || check === undefined || check.sectionsWrong > 0 || check.sold !== 500) {
        throw new Error(
          `${stile.title}: ${progress.answered} of ${buyers} told, ${check?.sold} sold`,
        );
      }
      outcomes.get(stile.name)?.push(buyers / (progress.lastAnswerMs / 1000));
    }
  }
  const rows = fleet.stiles.map(({ name, title }) => ({
    name,
    title,
    rates: outcomes.get(name) ?? [],
  }));
  return {
    rates: [
      {
        id: 'polling',
        title: 'Asynchronous: 202, then polling to the end',
        work: `500 seats, ${buyers.toLocaleString('en-US')} buyers, 256 connections; all of them polled until they were told, a poll a second at most, which bounds the rate`,
        unit: 'buyers told/s',
        rows,
      },
    ],
  };
}
