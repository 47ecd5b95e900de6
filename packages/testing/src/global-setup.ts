import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { readConfig } from './config.js';
import { prefixOf } from './names.js';
import './provided.js';
import { dropPrefix } from './redis-keys.js';
import { type Servers, startServers } from './servers.js';
import { createTemplate, dropDatabases } from './template.js';

/**
 * Starts the servers of a test run, migrates the template that test files clone, and hands both to
 * them. At the end it stops the servers and fails the run when a test left something behind.
 *
 * @throws when the servers asked for can't be had, and with CI=true when a suite can't run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const config = readConfig();
  const servers = await startServers(config);
  const { kind, adminUrl } = servers;
  const redisUrl = servers.redisUrl ?? null;
  const run = randomBytes(3).toString('hex');
  try {
    announce(servers, config.mustRunAll);
    const template = await createTemplate(adminUrl, run);
    project.provide('stileServers', { kind, run, adminUrl, template, redisUrl });
    return () => tearDown(servers, run, template);
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

function announce({ description, withoutRedis }: Servers, mustRunAll: boolean): void {
  console.log(`Integration tests use ${description}.`);
  if (withoutRedis && mustRunAll) throw new Error(notRun(withoutRedis));
  if (withoutRedis) console.warn(notRun(withoutRedis));
}

const notRun = (reason: string): string => `The suites of the Redis engine can't run: ${reason}.`;

async function tearDown(servers: Servers, run: string, template: string): Promise<void> {
  const left: string[] = [];
  try {
    left.push(...(await dropDatabases(servers.adminUrl, run, template)));
    const keys = servers.redisUrl ? await dropPrefix(servers.redisUrl, prefixOf(run)) : 0;
    if (keys > 0) left.push(`${keys} Redis keys`);
  } finally {
    await servers.stop();
  }
  if (servers.withoutRedis) console.warn(notRun(servers.withoutRedis));
  if (left.length === 0) return;
  // Vitest prints what a teardown throws and passes all the same, unless the exit code says no.
  process.exitCode = 1;
  throw new Error(`The tests left behind:\n  ${left.join('\n  ')}`);
}
