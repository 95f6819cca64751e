import type { MessageType } from "../message-type.js";

const allowed: ReadonlyMap<string, MessageType> = new Map([
  ["application/x-protobuf", "prometheus.WriteRequest"],
  ["application/x-protobuf;proto=prometheus.WriteRequest", "prometheus.WriteRequest"],
  ["application/x-protobuf;proto=io.prometheus.write.v2.Request", "io.prometheus.write.v2.Request"],
]);

/** A `Content-Type`: the message that a receiver takes it for, and whether it is one of the exact values of W2.7. */
export interface ContentType {
  /** Absent when the value is not a protobuf at all: the answer is 415. */
  readonly messageType?: MessageType | undefined;
  readonly exact: boolean;
}

export const contentTypeValues: string = [...allowed.keys()].join(", ");

/**
 * Reads the header as receivers do: what stands after `;` is compared without trimming, so that `; proto=…` with a
 * space means 1.0 to Prometheus, Mimir and Cortex. Here it is a violation besides.
 */
export function parseContentType(value: string | undefined): ContentType {
  const messageType = allowed.get(value ?? "");
  if (messageType !== undefined) return { messageType, exact: true };
  const mediaType = value?.split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== "application/x-protobuf") return { exact: false };
  const names2 = /proto="?io\.prometheus\.write\.v2\.request/i.test(value ?? "");
  return { messageType: names2 ? "io.prometheus.write.v2.Request" : "prometheus.WriteRequest", exact: false };
}
