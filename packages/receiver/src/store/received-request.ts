import type { IncomingHttpHeaders } from "node:http";
import type { MessageCounts } from "../decode/decoded-message.js";
import type { MessageType } from "../message-type.js";
import type { Violation } from "../rules/findings.js";

/** A request as it came in, and what became of it. */
export interface ReceivedRequest {
  /** 1, 2, 3 … in the order in which requests began. */
  readonly id: number;
  /** When it began: milliseconds since the epoch. */
  readonly time: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Path and query as received. May hold secrets, as headers may: the JSON API and the command line leave it out. */
  readonly url: string;
  /** As received, with lower-case names and nothing redacted. */
  readonly headers: IncomingHttpHeaders;
  /** The body as received, compressed. Empty when it was not read. */
  readonly body: Uint8Array;
  /** The size of the decompressed message; absent when the body could not be decompressed. */
  readonly messageBytes?: number | undefined;
  /** What `Content-Type` says that the body is; absent when it is no message of remote write. */
  readonly messageType?: MessageType | undefined;
  readonly counts: MessageCounts;
  /** The MUST rules that it breaks, at most 100. */
  readonly violations: readonly Violation[];
  /** The SHOULD rules that it does not follow, at most 100. */
  readonly warnings: readonly Violation[];
  /** The status of the answer; absent as long as, or because, there is none. */
  readonly status?: number | undefined;
  /** Whether the answer has gone out whole: false while it is on its way, and when the sender left before. */
  readonly answered: boolean;
  /** The scripted fault that stood in for an answer, or came into it. */
  readonly fault?: Fault | undefined;
  /** Whether its points were stored. */
  readonly stored: boolean;
}

/** How an exchange can fail instead of ending in an answer; see `FaultAnswer`. */
export type Fault = "refuse" | "reset" | "truncate" | "stall";
