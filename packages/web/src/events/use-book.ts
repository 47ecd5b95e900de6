import { StileProblem } from '@stile/client';
import { useRef, useState } from 'react';
import { isUnreachable } from '../api/client.js';
import { book, type Event, identify, type Section, type Wish } from '../api/stile.js';
import { addressOf, goTo } from '../layout/route.js';
import { rememberBooking } from '../my-bookings/remembered.js';
import type { Buyer } from './buyer-fields.js';
import { readBuyer, writeBuyer } from './remembered-buyer.js';

/** Sends a wish and goes to the booking that it became. */
export function useBook(event: Event, section: Section) {
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [buyer, setBuyer] = useState<Buyer>(readBuyer);
  const attempt = useRef({ wish: '', key: '' });

  const submit = async (wish: Wish): Promise<void> => {
    setSending(true);
    setFailure(undefined);
    try {
      const userId = section.maxPerUser === undefined ? {} : { userId: await idOf(buyer) };
      const named = { ...wish, ...userId };
      const text = JSON.stringify(named);
      // The same wish under the same key books once, even when an answer was lost on its way.
      if (attempt.current.wish !== text) attempt.current = { wish: text, key: newKey() };
      const id = await book(named, attempt.current.key);
      attempt.current = { wish: '', key: '' };
      rememberBooking({ id, eventName: event.name, sectionName: section.name });
      goTo(addressOf.booking(id));
    } catch (error) {
      setFailure(messageOf(error));
      setSending(false);
    }
  };
  return { submit, sending, failure, buyer, setBuyer };
}

async function idOf(buyer: Buyer): Promise<string> {
  writeBuyer(buyer);
  return (await identify(buyer.name.trim(), buyer.email.trim())).id;
}

/** 128 random bits. `crypto.randomUUID` exists on secure pages only. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

function messageOf(error: unknown): string {
  if (isUnreachable(error)) {
    return 'The server can’t be reached. Ask again: you will not book twice.';
  }
  if (!(error instanceof StileProblem)) return 'Something went wrong on this page. Ask again.';
  if (error.code === 'overloaded') {
    return 'Too many people are asking at this moment. Nothing was booked; ask again soon.';
  }
  return error.message;
}
