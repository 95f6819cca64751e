export { createRequestEncoder, createWriteRequestEncoder, type RoundEncoder } from "./round-encoder.js";
