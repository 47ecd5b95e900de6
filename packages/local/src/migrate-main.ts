import { grantToApp, migrateDatabase } from '@stile/db';
import { migrateQueue } from '@stile/queue';
import { readConfig } from './config.js';

const { databaseUrl, redisUrl, appRole, appPassword } = readConfig();
if (databaseUrl === undefined) {
  console.error('stile: set DATABASE_URL to the database to migrate');
  process.exit(1);
}
await migrateDatabase(databaseUrl);
if (redisUrl === undefined) await migrateQueue(databaseUrl);
if (appRole !== undefined) await grantToApp(databaseUrl, appRole, appPassword);
console.log('stile: the database is up to date');
