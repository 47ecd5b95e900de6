/** The BullMQ queue that carries a lane. */
export const laneQueueName = (lane: number): string => `lane-${lane}`;

/** The PostgreSQL channel on which an api process hears of the outcomes that its clients wait for. */
export const outcomeChannel = (processNumber: number): string => `stile_outcome_${processNumber}`;
