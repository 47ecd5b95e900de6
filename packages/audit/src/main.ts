import { type Arguments, readArguments, usage } from './arguments.js';
import { type AuditReport, auditDatabase } from './audit-database.js';
import { readConfig } from './config.js';
import { describeReport } from './describe-report.js';
import { openEmbedded } from './open-embedded.js';
import { createProgressLine } from './progress-line.js';

const exitCodes = { clean: 0, broken: 1, notMade: 2 } as const;

const say = (message: string): void => console.error(`stile: ${message}`);

try {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    console.log(usage);
  } else {
    const report = await audit(given);
    console.log(given.json ? JSON.stringify(report) : describeReport(report));
    process.exitCode = exitCodes[report.kind];
  }
} catch (error) {
  say(`could not audit: ${explain(error)}`);
  process.exitCode = exitCodes.notMade;
}

async function audit({ options }: Arguments): Promise<AuditReport> {
  const { databaseUrl, dataDir } = readConfig();
  const database =
    databaseUrl === undefined
      ? await openEmbedded(dataDir, say)
      : { url: databaseUrl, close: async () => undefined };
  const progress = createProgressLine(process.stderr);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, async () => {
      progress.end();
      await database.close();
      process.exit(exitCodes.notMade);
    });
  }
  try {
    const report = await auditDatabase(database.url, options, progress.show);
    const isScoped = options.sectionId !== undefined || options.eventId !== undefined;
    if (isScoped && report.sections === 0) throw new Error('no section has this id');
    return report;
  } finally {
    progress.end();
    await database.close();
  }
}

function explain(error: unknown): string {
  const { code, message } = error as Error & { code?: string };
  // undefined_table: nobody has migrated this database.
  if (code === '42P01') return `${message}; make the tables with npm run db:migrate`;
  return message || String(code);
}
