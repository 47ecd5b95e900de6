import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';

/** A query that is kept in a file, and where it stands. */
export interface StoredQuery {
  readonly where: string;
  readonly query: string;
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}
interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}

const readDeployed = (path: string): string =>
  readFileSync(
    fileURLToPath(new URL(`../../packages/telemetry/deploy/${path}`, import.meta.url)),
    'utf8',
  );

/** Every query of the dashboard and of the alert rules. */
export function storedQueries(): StoredQuery[] {
  const dashboard = JSON.parse(readDeployed('grafana/dashboards/stile.json')) as Dashboard;
  const { groups } = parse(readDeployed('prometheus/alerts.yml')) as Rules;
  return [
    ...dashboard.panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ where: `panel "${title}"`, query: expr })),
    ),
    ...groups.flatMap(({ rules }) =>
      rules.map(({ alert, expr }) => ({ where: `alert ${alert}`, query: expr })),
    ),
  ];
}

/** The metrics that a query reads; throws when it is not PromQL. */
export function metricsOf(query: string): string[] {
  // Grafana's own variable stands for a time.
  const text = query.replaceAll('$__rate_interval', '1m');
  const names = new Set<string>();
  const cursor = parser.parse(text).cursor();
  do {
    const part = text.slice(cursor.from, cursor.to);
    if (cursor.type.isError) throw new Error(`not PromQL near ${cursor.from}: ${query}`);
    if (cursor.name === 'Identifier') names.add(part);
  } while (cursor.next());
  return [...names];
}

/** What an address serves to Prometheus: each sample's value by its name and labels, as written. */
export async function scrape(address: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${address}/metrics`);
  if (!response.ok) throw new Error(`${address}/metrics answered ${response.status}`);
  const samples = (await response.text())
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}
