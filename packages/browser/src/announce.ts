import { whyNoPages } from './config.js';

/** Says before a test run why the pages are not tested in it, when they are not. */
export default function announce(): void {
  const reason = whyNoPages();
  if (reason !== undefined) console.warn(`The suites of the pages don't run: ${reason}.`);
}
