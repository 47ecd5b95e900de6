import { existsSync } from 'node:fs';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium or Chrome on this machine: CHROMIUM_PATH, or where it usually is. */
export const findChromium = (environment: NodeJS.ProcessEnv = process.env): string | undefined =>
  environment.CHROMIUM_PATH ?? usualPaths.find((path) => existsSync(path));

/**
 * Why the pages' tests are no part of a run; undefined when they are. A page does not see on which
 * servers it is, so the run on containers does without. With CI=true a missing browser is a failure.
 */
export function whyNoPages(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { TEST_SERVERS, CI } = environment;
  if (TEST_SERVERS === 'containers') return 'they run with the other kinds of servers';
  if (CI === 'true' || findChromium(environment) !== undefined) return undefined;
  return 'there is no Chromium: install it, or set CHROMIUM_PATH';
}
