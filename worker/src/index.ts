export { Environment as WorkerEnvironment, readConfig, type WorkerConfig } from './config.js';
/** How a batch is decided; the fault suite takes guards away from it to see its checker object. */
export { decideJobs, type LaneDesk } from './decide-jobs.js';
export { SectionMemory } from './section-memory.js';
export { type StileWorker, startWorker } from './worker.js';
