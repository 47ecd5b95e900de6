import pg from 'pg';

/** What api and worker do with each table, and nothing more: a ledger can only be added to. */
const rights: Readonly<Record<string, string>> = {
  api_keys: 'SELECT',
  bookings: 'SELECT, INSERT, UPDATE',
  events: 'SELECT, INSERT, UPDATE',
  idempotency_keys: 'SELECT, INSERT, DELETE',
  lanes: 'SELECT, INSERT, UPDATE',
  ledger: 'SELECT, INSERT',
  request_counts: 'SELECT, INSERT, UPDATE, DELETE',
  seats: 'SELECT, INSERT, DELETE',
  sections: 'SELECT, INSERT, UPDATE',
  users: 'SELECT, INSERT, UPDATE',
  webhook_cursors: 'SELECT, INSERT, UPDATE, DELETE',
  webhook_deliveries: 'SELECT, INSERT, UPDATE, DELETE',
  webhooks: 'SELECT, INSERT, UPDATE, DELETE',
};

/** The schema of BullMQ's tables, when the lanes are on PostgreSQL. */
const queueSchema = 'bullmq';

/**
 * Gives the role of api and worker what they need, and takes away what it had beyond that. Run by
 * the owner of the tables, after each migration. A role that doesn't exist is made, with this
 * password; without one that is an error.
 */
export async function grantToApp(
  connectionString: string,
  role: string,
  password?: string,
): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'stile-migrate' });
  await client.connect();
  try {
    const name = client.escapeIdentifier(role);
    const { rows } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [
      queueSchema,
    ]);
    const made = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    const create = `CREATE ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password ?? '')}`;
    const statements = [
      'BEGIN',
      ...(made.rows.length === 0 && password !== undefined ? [create] : []),
      `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${name}`,
      `GRANT USAGE ON SCHEMA public TO ${name}`,
      `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${name}`,
      ...Object.entries(rights).map(
        ([table, right]) => `GRANT ${right} ON public.${table} TO ${name}`,
      ),
      ...(rows.length === 0 ? [] : queueGrants(name)),
      'COMMIT',
    ];
    await client.query(statements.join(';\n'));
  } finally {
    await client.end();
  }
}

const queueGrants = (role: string): string[] => [
  `GRANT USAGE ON SCHEMA ${queueSchema} TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${queueSchema} TO ${role}`,
  `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${queueSchema} TO ${role}`,
  `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${queueSchema} TO ${role}`,
];
