export { checkRun, type Verdict } from './checker/check-run.js';
export type { Violation } from './checker/violation.js';
export { acceptedMs, History, type RequestHistory } from './history.js';
