export type { ServerKind } from './config.js';
export { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.js';
export { type DistantServer, startDistantServer } from './distant-server.js';
export { type Engine, engines } from './engines.js';
export { providedServers } from './provided.js';
export {
  hasRedisServer,
  type RedisMaster,
  startRedisCluster,
  type TestRedisCluster,
} from './redis-cluster.js';
export { dropPrefix } from './redis-keys.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { uniquePrefix } from './unique-prefix.js';
