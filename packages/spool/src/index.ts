export { createSpool } from "./create-spool.js";
export type { SpoolOptions } from "./options.js";
export type { PointCounts, Spool, SpoolEvents, SpoolRecord, SpoolSize } from "./spool.js";
