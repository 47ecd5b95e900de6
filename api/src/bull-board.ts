import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { OpenLanes } from '@stile/queue';
import type { FastifyInstance } from 'fastify';
import { answerWithProblem } from './answer-with-problem.js';
import { ProblemError } from './problems.js';

type BullBoardServerAdapter = Parameters<typeof createBullBoard>[0]['serverAdapter'];

const basePath = '/queues';

/** PostgreSQL can't store one, so it throws when it is asked for one. */
const noZeroByte = new ProblemError('validation', {
  detail: 'No job and no queue has a zero byte in its name; leave the %00 out.',
});

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
  await app.register(async (queues) => {
    queues.addHook('onRequest', (request, reply, done) => {
      if (!request.url.includes('%00')) return done();
      // Answered here and not thrown: Bull Board's own error handler would make a 500 of it.
      answerWithProblem(noZeroByte, request, reply);
    });
    await queues.register(serverAdapter.registerPlugin(), { prefix: basePath });
  });
}
