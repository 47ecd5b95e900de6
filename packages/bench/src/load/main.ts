import { runSale } from '../flash-sale/sale.js';
import type { LoadReply, LoadRequest, PollingSale } from './load-request.js';
import type { LoadResult } from './load-spec.js';
import { runLoad } from './run-load.js';

async function run(request: LoadRequest): Promise<LoadResult | PollingSale> {
  if (request.kind === 'load') return runLoad(request.spec);
  const { sectionId, progress } = await runSale(request.options);
  const { faults, ...counts } = progress;
  return { sectionId, progress: counts, faults: Object.fromEntries(faults) };
}

// The load is a process of its own, so that what it costs is seen apart from the servers, and it is
// the same for every one of them.
process.on('message', async (request: LoadRequest) => {
  const reply = await run(request).then(
    (result): LoadReply => ({ kind: 'result', result }),
    (error: Error): LoadReply => ({ kind: 'failed', message: error.message }),
  );
  process.send?.(reply);
});
process.on('disconnect', () => process.exit(0));
process.send?.({});
