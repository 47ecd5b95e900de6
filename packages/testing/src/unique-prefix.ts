import { randomUUID } from 'node:crypto';
import { prefixOf } from './names.js';
import { providedServers } from './provided.js';

/** A BullMQ prefix that no other test has; `dropPrefix` removes its keys afterwards. */
export function uniquePrefix(): string {
  return `${prefixOf(providedServers().run)}-${randomUUID().slice(0, 8)}`;
}
