import type { Buyer } from './buyer-fields.js';

const storageKey = 'stile.buyer';

/** The buyer who last said who they are in this browser. */
export function readBuyer(): Buyer {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Buyer>;
    return { name: String(stored.name ?? ''), email: String(stored.email ?? '') };
  } catch {
    return { name: '', email: '' };
  }
}

export function writeBuyer(buyer: Buyer): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(buyer));
  } catch {
    // Storage is full or forbidden: they type it again next time.
  }
}
