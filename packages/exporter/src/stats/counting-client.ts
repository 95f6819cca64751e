import type { RemoteWriteClient } from "@otel-remote-write/transport";
import type { StatsRecorder } from "./stats-recorder.js";

/** A client whose requests are counted. */
export function createCountingClient(client: RemoteWriteClient, stats: StatsRecorder): RemoteWriteClient {
  return {
    ...client,
    send(batch, options) {
      stats.sent(batch.counts, (options?.attempt ?? 0) > 0);
      return client.send(batch, options);
    },
  };
}
