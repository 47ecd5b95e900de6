import { type Static, Type } from 'typebox';

const Bound = Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 }));

/** The environment that says how much one caller, or one address, may ask for. */
export const rateSettings = {
  /** Requests of one caller, and from one address, in a window; off without. */
  LIMIT_PER_CALLER: Bound,
  LIMIT_PER_ADDRESS: Bound,
  LIMIT_WINDOW_SECONDS: Type.Integer({ minimum: 1, maximum: 3_600, default: 10 }),
  /** Requests that wait for their outcome, and streams, open at a time in each api process. */
  WAITS_PER_CALLER_MAX: Bound,
  WAITS_PER_ADDRESS_MAX: Bound,
  STREAMS_PER_CALLER_MAX: Bound,
  STREAMS_PER_ADDRESS_MAX: Bound,
};
const Settings = Type.Object(rateSettings);

type PerSubject = Readonly<Record<'caller' | 'address', number | undefined>>;

/** What is undefined is not limited. */
export interface RateConfig {
  readonly requests: PerSubject;
  readonly windowSeconds: number;
  readonly waits: PerSubject;
  readonly streams: PerSubject;
}

export const rateConfigFrom = (env: Static<typeof Settings>): RateConfig => ({
  requests: { caller: env.LIMIT_PER_CALLER, address: env.LIMIT_PER_ADDRESS },
  windowSeconds: env.LIMIT_WINDOW_SECONDS,
  waits: { caller: env.WAITS_PER_CALLER_MAX, address: env.WAITS_PER_ADDRESS_MAX },
  streams: { caller: env.STREAMS_PER_CALLER_MAX, address: env.STREAMS_PER_ADDRESS_MAX },
});
