import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { OpenLanes } from '@stile/queue';
import type { FastifyInstance } from 'fastify';

type BullBoardServerAdapter = Parameters<typeof createBullBoard>[0]['serverAdapter'];

const basePath = '/queues';

/**
 * Bull Board at /queues, the same on both engines. It only shows unless it is told otherwise:
 * moving a job by hand takes a request out of its turn.
 */
export async function useBullBoard(
  app: FastifyInstance,
  lanes: OpenLanes,
  readOnlyMode: boolean,
): Promise<void> {
  const serverAdapter = new FastifyAdapter();
  serverAdapter.setBasePath(basePath);
  const board = createBullBoard({
    queues: [],
    // Its optional members are typed a shade looser than the interface's.
    serverAdapter: serverAdapter as unknown as BullBoardServerAdapter,
    options: { uiConfig: { boardTitle: 'Stile lanes' } },
  });
  lanes.onOpened(({ queue }) => board.addQueue(new BullMQAdapter(queue, { readOnlyMode })));
  await app.register(serverAdapter.registerPlugin(), { prefix: basePath });
}
