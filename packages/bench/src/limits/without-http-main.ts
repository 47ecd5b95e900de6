import { claimKeys, createDatabase, createPool, findSection, nextProcessNumber } from '@stile/db';
import {
  createAcceptanceClock,
  defaultIntakeBounds,
  LaneProducer,
  OutcomeListener,
  openEngine,
} from '@stile/queue';

/** What is asked of the process: so many requests under way, for so long. */
export interface WithoutHttpRequest {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly prefix: string;
  readonly laneCount: number;
  readonly sectionId: string;
  readonly underway: number;
  readonly seconds: number;
}

export interface WithoutHttpReply {
  readonly decidedPerSecond: number;
}

const warmUpMs = 300;

/** Submits requests as an api process does, through a lane's producer, and hears their outcomes. */
async function decide(request: WithoutHttpRequest): Promise<WithoutHttpReply> {
  const { databaseUrl, sectionId, underway, seconds } = request;
  const onError = (error: Error) => console.error(error);
  const pool = createPool({
    connectionString: databaseUrl,
    max: 2,
    applicationName: 'stile-bench',
    onError,
  });
  const db = createDatabase(pool);
  const processNumber = await nextProcessNumber(db);
  const section = await findSection(db, sectionId);
  if (section === undefined) throw new Error(`there is no section ${sectionId}`);
  const engine = await openEngine({ ...request, role: 'producer', onError });
  const queue = engine.queue(section.lane);
  const outcomes = new OutcomeListener({ databaseUrl, pool, processNumber, onError });
  await outcomes.start();
  const producer = new LaneProducer({
    ...{ lane: section.lane, processNumber, queue, outcomes, bounds: defaultIntakeBounds },
    claimKeys: (claims) => claimKeys(pool, claims),
  });

  const acceptedAtUs = createAcceptanceClock();
  const fromMs = performance.now() + warmUpMs;
  const toMs = fromMs + seconds * 1000;
  let decided = 0;
  await new Promise<void>((resolve, reject) => {
    let open = underway;
    const submit = (): void => {
      producer.submit({
        command: { kind: 'book', sectionId, quantity: 1, acceptedAtUs: acceptedAtUs() },
        onAccepted: () => undefined,
        onRefused: reject,
        onOutcome: () => {
          const nowMs = performance.now();
          if (nowMs >= fromMs && nowMs <= toMs) decided++;
          if (nowMs <= toMs) submit();
          else if (--open === 0) resolve();
        },
      });
    };
    for (let number = 0; number < underway; number++) submit();
  });
  await outcomes.stop();
  await queue.close();
  await engine.close();
  await pool.end();
  return { decidedPerSecond: decided / seconds };
}

process.on('message', async (request: WithoutHttpRequest) => {
  process.send?.(await decide(request));
});
for (const cause of ['SIGTERM', 'disconnect'] as const) process.once(cause, () => process.exit(0));
process.send?.({});
