import type { RemoteWriteClientOptions } from "../client/options.js";
import {
  createRemoteWriteClient,
  type RemoteWriteClient,
  type RemoteWriteClientEvents,
} from "../client/remote-write-client.js";

/** A client that sends one request a batch, as 1.0 where the options don't name a message: it finds out nothing. */
export function createFixedClient(
  options: RemoteWriteClientOptions,
  events?: RemoteWriteClientEvents,
): RemoteWriteClient {
  return createRemoteWriteClient({ protobufMessage: "prometheus.WriteRequest", ...options }, events);
}
