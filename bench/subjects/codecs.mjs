import { snappyCodec } from "@otel-remote-write/transport";
import { snappyCompressor } from "hysnappy";

/** @import { Codec } from "@otel-remote-write/transport" */

/** The exporter's default, in plain JavaScript. */
export const snappyjs = snappyCodec;

/** The optional one, in WebAssembly. @type {Codec} */
export const hysnappy = { name: "snappy", compress: snappyCompressor() };
