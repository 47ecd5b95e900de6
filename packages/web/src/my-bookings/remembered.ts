/** A booking made in this browser. Until callers are told apart, the browser is who knows them. */
export interface RememberedBooking {
  readonly id: string;
  readonly eventName: string;
  readonly sectionName: string;
}

const storageKey = 'stile.bookings';
const bookingsMax = 50;

/** The bookings made in this browser, newest first; none when storage is forbidden or unreadable. */
export function readRemembered(): RememberedBooking[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isRemembered) : [];
  } catch {
    return [];
  }
}

/** Keeps the newest fifty. */
export function rememberBooking(booking: RememberedBooking): void {
  const others = readRemembered().filter(({ id }) => id !== booking.id);
  write([booking, ...others].slice(0, bookingsMax));
}

/** The booking itself stays what it is. */
export function forgetBooking(id: string): void {
  write(readRemembered().filter((booking) => booking.id !== id));
}

function write(bookings: readonly RememberedBooking[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(bookings));
  } catch {
    // Storage is full or forbidden: the booking's address is still in the URL.
  }
}

const isRemembered = (value: unknown): value is RememberedBooking =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'eventName', 'sectionName'].every(
    (name) => typeof (value as Record<string, unknown>)[name] === 'string',
  );
