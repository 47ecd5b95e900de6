export { type LoggerOptions, logOptions, openLog, type ProcessLog } from './logger.js';
export { watchPools } from './pool-metrics.js';
export { createProcessRegistry } from './process-registry.js';
export { Tally, TallyHistogram, type TallyHistogramOptions } from './tally-histogram.js';
export {
  type PastSpan,
  type RequestSpan,
  startTracing,
  type Tracing,
  type TracingOptions,
} from './tracing.js';
