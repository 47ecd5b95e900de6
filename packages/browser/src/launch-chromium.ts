import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './config.js';

/** It must run as root in a container, and say nothing to anybody but the server under test. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser without a window. Throws when there is none on this machine. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('There is no Chromium: install it, or set CHROMIUM_PATH.');
  }
  return chromium.launch({ executablePath, args: flags });
}
