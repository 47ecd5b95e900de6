import type { components } from '@stile/client';
import { bodyOf, client } from './client.js';
import type { Event } from './stile.js';

export type Overview = components['schemas']['Overview'];
export type Lane = Overview['lanes'][number];
export type HotSection = Overview['hottest'][number];
/** Outcomes of one second; a second without any is left out. */
export type Second = Overview['seconds'][number];
export type Story = components['schemas']['Story'];
export type LedgerLine = Story['ledger'][number];

export const outcomes = [
  'confirmed',
  'held',
  'rejected',
  'cancelled',
  'expired',
  'changed',
] as const satisfies readonly (keyof Second)[];
export type Outcome = (typeof outcomes)[number];

export const readOverview = async (): Promise<Overview> =>
  bodyOf(await client.http.GET('/ops/overview'));

export const readStory = async (id: string): Promise<Story> =>
  bodyOf(await client.http.GET('/ops/bookings/{id}', { params: { path: { id } } }));

/** Starts a sale, or answers with the one that runs. */
export const runDemoSale = async (): Promise<Event> =>
  bodyOf(await client.http.POST('/ops/demo-sale'));
