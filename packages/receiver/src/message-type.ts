/** The protobuf messages of remote write 1.0 and 2.0, by the names that `Content-Type` uses (W2.7). */
export type MessageType = "prometheus.WriteRequest" | "io.prometheus.write.v2.Request";

/** Both message types, 1.0 first. */
export const messageTypes: readonly MessageType[] = [
  "prometheus.WriteRequest",
  "io.prometheus.write.v2.Request",
];
