import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig, startLocalStack } from '@stile/local';
import { launchChromium } from '../launch-chromium.js';
import { makeEvents } from './events.js';
import { takeScreenshots } from './scenes.js';

const say = (message: string): void => console.log(`stile: ${message}`);

const folder = resolve(process.argv[2] ?? 'docs/images');
const dataDir = await mkdtemp(join(tmpdir(), 'stile-screenshots-'));
await mkdir(folder, { recursive: true });
const stack = await startLocalStack({ ...readConfig({}), dataDir, port: 0 }, say);
try {
  const browser = await launchChromium();
  try {
    const events = await makeEvents(stack.address);
    for await (const file of takeScreenshots(browser, stack.address, events, folder)) say(file);
  } finally {
    await browser.close();
  }
} finally {
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
