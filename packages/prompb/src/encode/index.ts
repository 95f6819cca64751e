export { createRequestEncoder, createWriteRequestEncoder, type RoundEncoder } from "./round-encoder.js";
export { encodeMetadata } from "./write-metadata.js";
export { createSizeLimits, histogramLimit, histogramRoom, type SizeLimits } from "./size-limit.js";
