import { useState } from 'react';
import { runDemoSale } from '../api/ops.js';
import type { Event } from '../api/stile.js';
import { Notice } from '../layout/notice.js';
import { addressOf } from '../layout/route.js';

/** Starts a sale with buyers made up by the server. */
export function DemoSaleButton() {
  const [busy, setBusy] = useState(false);
  const [event, setEvent] = useState<Event>();
  const [failure, setFailure] = useState<string>();
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      setEvent(await runDemoSale());
    } catch (error) {
      setFailure((error as Error).message);
    }
    setBusy(false);
  };
  return (
    <div className="demo">
      {event !== undefined && <a href={`/${addressOf.event(event.id)}`}>{event.name}</a>}
      <button type="button" className="button-main" disabled={busy} onClick={run}>
        Run a demo sale
      </button>
      {failure !== undefined && <Notice kind="error">{failure}</Notice>}
    </div>
  );
}
