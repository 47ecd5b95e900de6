import type { Booking, BookingStatus } from '../api/stile.js';

/** A booking that can be cancelled. */
export const isLive = ({ status }: Booking): boolean =>
  status === 'queued' || status === 'held' || status === 'confirmed';

export const statusWord: Readonly<Record<BookingStatus, string>> = {
  queued: 'In the queue',
  held: 'Held',
  confirmed: 'Confirmed',
  rejected: 'Not booked',
  expired: 'Expired',
  cancelled: 'Cancelled',
};

/** One line that says where the booking stands. */
export function headlineOf({ status, quantity }: Booking): string {
  const seats = quantity === 1 ? 'seat' : 'seats';
  const are = quantity === 1 ? 'is' : 'are';
  switch (status) {
    case 'queued':
      return 'You are in the queue';
    case 'held':
      return `Your ${seats} ${are} held`;
    case 'confirmed':
      return `Your ${seats} ${are} booked`;
    case 'rejected':
      return 'Not booked';
    case 'expired':
      return 'The hold is over';
    case 'cancelled':
      return 'Cancelled';
  }
}

const reasons: Readonly<Record<string, string>> = {
  sold_out: 'When your turn came, not enough seats were left. Those before you were faster.',
  seat_taken: 'Somebody was faster: one of these seats is taken, and none of them was booked.',
  limit_exceeded: 'That is more seats than one booking, or one person, can have in this section.',
  sales_closed: 'This section was not on sale when you asked.',
};

/** Why a booking was turned down, in words for its buyer. */
export const whyNot = ({ reason }: Booking): string =>
  reasons[reason ?? ''] ?? 'The request could not be decided. Nothing was booked.';
