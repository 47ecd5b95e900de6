export type { ToldStatus } from './flash-sale/buyer.js';
export type { Evidence } from './flash-sale/evidence.js';
export { type Claims, type Finding, findingsOf, holds } from './flash-sale/findings.js';
export { readEvidence } from './flash-sale/proof.js';
export { runSale, type SaleOptions, type SaleResult } from './flash-sale/sale.js';
export type { SaleProgress } from './flash-sale/tally.js';
