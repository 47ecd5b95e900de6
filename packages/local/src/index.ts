export { type LocalConfig, readConfig } from './config.js';
export { type LocalStack, startLocalStack } from './local-stack.js';
export { nodeFlags } from './node-flags.js';
