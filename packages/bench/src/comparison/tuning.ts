import type { PeerTuning } from '../peers/peer.js';
import type { PeerSubject } from '../subjects/peer-subject.js';
import type { BenchSite } from './bench-site.js';
import { sell, type Work } from './measurement.js';

/** The tuning that a peer is measured with, and what it gave against the others. */
export interface ChosenTuning {
  readonly peer: string;
  readonly work: string;
  readonly chosen: PeerTuning;
  readonly tried: readonly TriedTuning[];
}

export interface TriedTuning {
  readonly tuning: PeerTuning;
  readonly outcomesPerSecond: number;
}

/**
 * Tries every tuning of the peer under this work, then the best with two servers, whose pools are as
 * large or half as large, and leaves it with the fastest. The work's own
 * bounds apply: outcomes count, buyers turned away do not.
 */
export async function tunePeer(
  site: BenchSite,
  peer: PeerSubject,
  name: string,
  work: Work,
): Promise<ChosenTuning> {
  const tried: TriedTuning[] = [];
  const attempt = async (tuning: PeerTuning): Promise<void> => {
    await peer.tuning?.apply(tuning);
    const { load } = await sell(site, peer, work);
    tried.push({ tuning, outcomesPerSecond: load.outcomesPerSecond });
  };
  const fastest = (): TriedTuning =>
    tried.reduce((a, b) => (b.outcomesPerSecond > a.outcomesPerSecond ? b : a));
  for (const candidate of peer.tuning?.candidates ?? []) await attempt(candidate);
  const { poolMax } = fastest().tuning;
  for (const pool of new Set([poolMax, Math.ceil(poolMax / 2)])) {
    await attempt({ ...fastest().tuning, processes: 2, poolMax: pool });
  }
  const best = fastest();
  await peer.tuning?.apply(best.tuning);
  return { peer: peer.name, work: name, chosen: best.tuning, tried };
}
