import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * A registry with what Prometheus expects of a Node process: event-loop lag, garbage collection,
 * memory, processor time, open handles. Once a process: its observers are never taken off.
 */
export function createProcessRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
