export {
  type AuditOptions,
  type AuditProgress,
  type AuditReport,
  auditDatabase,
} from './audit-database.js';
export { describeReport } from './describe-report.js';
export type { Violation } from './violation.js';
