export { createRequestEncoder, createWriteRequestEncoder, type RoundEncoder } from "./round-encoder.js";
export { encodeMetadata } from "./write-metadata.js";
export { histogramSizeLimit, sampleSizeLimit } from "./size-limit.js";
