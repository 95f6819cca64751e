export { zstdCodec } from "./codec/zstd-codec.js";
