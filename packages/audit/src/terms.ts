import type { Terms } from '@stile/core';

const everyTerm: Readonly<Record<keyof Terms, true>> = {
  capacity: true,
  price: true,
  maxPerBooking: true,
  maxPerUser: true,
  holdSeconds: true,
  salesOpenAtUs: true,
  salesCloseAtUs: true,
  closed: true,
};

/** The names of all terms of a section; the compiler sees to it that none is missing. */
export const termNames = Object.keys(everyTerm) as readonly (keyof Terms)[];
