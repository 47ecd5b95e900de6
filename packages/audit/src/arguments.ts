import { parseArgs } from 'node:util';
import type { AuditOptions } from './audit-database.js';

export const usage = `Usage: npm run audit -- [options]
  --section <id>  audits this section only
  --event <id>    audits the sections of this event only
  --json          prints the report as JSON
Exit code: 0 clean, 1 broken, 2 when the audit could not be made.`;

export interface Arguments {
  readonly options: AuditOptions;
  readonly json: boolean;
  readonly help: boolean;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The command line, without node and script; throws and names what is wrong with it. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      section: { type: 'string' },
      event: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { section, event, json, help } = values;
  for (const [name, id] of Object.entries({ section, event })) {
    if (id !== undefined && !uuidPattern.test(id)) {
      throw new Error(`--${name} must be an id such as 018f0000-0000-7000-8000-00000000000a`);
    }
  }
  return {
    options: {
      ...(section === undefined ? {} : { sectionId: section }),
      ...(event === undefined ? {} : { eventId: event }),
    },
    json,
    help,
  };
}
