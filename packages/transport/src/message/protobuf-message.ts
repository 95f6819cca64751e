/** The two messages of remote write, by their full protobuf names: 1.0 and 2.0 (W1.1, W2.1). */
export type ProtobufMessage = "prometheus.WriteRequest" | "io.prometheus.write.v2.Request";

interface MessageHeaders {
  /** Without a space after the semicolon: Prometheus, Mimir and Cortex do not trim, Thanos compares exactly (H2). */
  readonly contentType: string;
  /** Of the specification (W1.8, W2.9). */
  readonly version: string;
}

/** What the headers of a request say about its message (W1.4, W2.7, W2.9). */
export const messageHeaders: Readonly<Record<ProtobufMessage, MessageHeaders>> = {
  "prometheus.WriteRequest": { contentType: "application/x-protobuf", version: "0.1.0" },
  "io.prometheus.write.v2.Request": {
    contentType: "application/x-protobuf;proto=io.prometheus.write.v2.Request",
    version: "2.0.0",
  },
};

export function isProtobufMessage(value: unknown): value is ProtobufMessage {
  return typeof value === "string" && Object.hasOwn(messageHeaders, value);
}
