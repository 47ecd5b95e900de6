import { useEffect, useState } from 'react';
import { type Overview, readOverview, type Second } from '../api/ops.js';
import { Header } from '../layout/header.js';
import { Notice } from '../layout/notice.js';
import { usePolled } from '../layout/use-polled.js';
import { withSeconds } from './chart-data.js';
import { DemoSaleButton } from './demo-sale-button.js';
import { HotSections } from './hot-sections.js';
import { LaneTable } from './lane-table.js';
import { OutcomeChart } from './outcome-chart.js';
import { StorySearch } from './story-search.js';

const links = [
  { label: 'Operations', href: '/ops', current: true },
  { label: 'Queues', href: '/queues', current: false },
  { label: 'API docs', href: '/docs', current: false },
  { label: 'Buyers’ page', href: '/', current: false },
];
const pollMs = 1_000;
const everySecond = (): number => pollMs;

/** The operators' page: what the lanes do, second by second. */
export function OpsPage() {
  const { value: overview, failure } = usePolled(readOverview, everySecond);
  const seconds = useSeconds(overview);
  return (
    <>
      <Header home="/ops" links={links} title="Stile operations" />
      <main className="page page-wide">
        <div className="ops-title">
          <h1>Operations</h1>
          {overview?.demoSale && <DemoSaleButton />}
        </div>
        {failure !== undefined && (
          <Notice kind="warning">
            {failure.message} Trying again{overview && '; what you see is older'}.
          </Notice>
        )}
        {overview !== undefined && (
          <div className="ops-grid">
            <OutcomeChart seconds={seconds} now={overview.at} />
            <LaneTable lanes={overview.lanes} />
            <HotSections sections={overview.hottest} />
            <StorySearch />
          </div>
        )}
      </main>
    </>
  );
}

/** The seconds seen so far: behind a balancer each answer comes from a process that saw others. */
function useSeconds(overview: Overview | undefined): readonly Second[] {
  const [seconds, setSeconds] = useState<readonly Second[]>([]);
  useEffect(() => {
    if (overview !== undefined) setSeconds((known) => withSeconds(known, overview.seconds));
  }, [overview]);
  return seconds;
}
