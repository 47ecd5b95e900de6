export { dropPrefix } from './redis-keys.js';
export { startRedis } from './redis-server.js';
