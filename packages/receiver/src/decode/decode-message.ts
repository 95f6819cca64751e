import { fromBinary } from "@bufbuild/protobuf";
import { WriteRequestSchema, type WriteRequest } from "@otel-remote-write/prompb/v1";
import { RequestSchema, type Request } from "@otel-remote-write/prompb/v2";
import type { MessageType } from "../message-type.js";
import { decodeV1 } from "./decode-v1.js";
import { decodeV2 } from "./decode-v2.js";
import type { DecodedMessage } from "./decoded-message.js";
import { readNanBits, type NanBits } from "./nan-bits.js";
import { findUnknownFields } from "./unknown-fields.js";

/** A message as the generated types have it, and in the shape of both. */
export interface Decoded {
  readonly wire: WriteRequest | Request;
  readonly message: DecodedMessage;
  readonly nans: NanBits;
  /** The places of fields that the message's definition does not have. */
  readonly unknownFields: readonly string[];
}

/** Decodes the bytes, or says in a sentence why they are not such a message. */
export function decodeMessage(bytes: Uint8Array, type: MessageType): Decoded | string {
  try {
    const nans = readNanBits(bytes, type);
    if (type === "prometheus.WriteRequest") {
      const wire = fromBinary(WriteRequestSchema, bytes);
      return {
        wire,
        nans,
        message: decodeV1(wire, nans),
        unknownFields: findUnknownFields(WriteRequestSchema, wire),
      };
    }
    const wire = fromBinary(RequestSchema, bytes);
    return {
      wire,
      nans,
      message: decodeV2(wire, nans),
      unknownFields: findUnknownFields(RequestSchema, wire),
    };
  } catch (error) {
    return `the body is not a ${type}: ${error instanceof Error ? error.message : "unreadable"}`;
  }
}
