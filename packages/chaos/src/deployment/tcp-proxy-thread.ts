import { parentPort, workerData } from 'node:worker_threads';
import { TcpProxy } from './tcp-proxy.js';
import type { ProxyOrder } from './threaded-proxy.js';

const proxy = await TcpProxy.start(workerData as string);

const carryOut = ({ order, kind }: ProxyOrder): Promise<void> =>
  order === 'cut' ? proxy.cut(kind) : proxy[order]();

parentPort?.on('message', async (order: ProxyOrder) => {
  await carryOut(order);
  parentPort?.postMessage('done');
});
parentPort?.postMessage(proxy.url);
