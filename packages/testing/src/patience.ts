import { vi } from 'vitest';

/** Milliseconds that a test waits for what must happen, when it does not say how soon it must. */
const patienceMs = 20_000;

const { waitFor } = vi;

// vitest's own second is too short for a machine that does other things too.
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: patienceMs, ...options });
