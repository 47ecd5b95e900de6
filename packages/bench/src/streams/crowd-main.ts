/** The crowd as a process of its own: see crowd-process.ts, which starts it. */
import { Crowd } from './crowd.js';
import type { CrowdRequest } from './crowd-process.js';

const crowd = new Crowd();

process.on('message', async (request: CrowdRequest) => {
  try {
    if (request.kind === 'open')
      await crowd.open(request.address, request.eventId, request.streams);
    if (request.kind === 'close') crowd.close();
    process.send?.(request.kind === 'heard' ? crowd.heard(request.version) : {});
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.on('disconnect', () => process.exit(0));
