import { Type } from 'typebox';

/** The environment of webhooks that api and worker share. */
export const webhookAddressSettings = {
  /** Lets webhooks go to addresses of private networks, and to this machine. */
  WEBHOOK_ALLOW_PRIVATE: Type.Boolean({ default: false }),
};

/** That of the worker, which sends. */
export const webhookSettings = {
  ...webhookAddressSettings,
  WEBHOOK_TIMEOUT_MS: Type.Integer({ minimum: 100, maximum: 60_000, default: 10_000 }),
  WEBHOOK_RETRY_MS: Type.Integer({ minimum: 10, maximum: 60_000, default: 5_000 }),
  WEBHOOK_DISABLE_AFTER_HOURS: Type.Number({ exclusiveMinimum: 0, default: 120 }),
  WEBHOOK_LOG_DAYS: Type.Integer({ minimum: 1, default: 30 }),
};
