export { type AttemptResult, attemptResults, type OnAttempt } from './courier.js';
export { type DispatcherOptions, type WebhookConfig, WebhookDispatcher } from './dispatcher.js';
export { AddressGuard, isPublicAddress, RefusedAddressError } from './public-address.js';
export { webhookAddressSettings, webhookSettings } from './settings.js';
