import type { IncomingMessage } from "node:http";
import { noCounts } from "../decode/decoded-message.js";
import type { ReceiverState } from "../receiver-state.js";
import type { Finding, Violation } from "../rules/findings.js";
import type { ReceivedRequest } from "../store/received-request.js";
import type { Inspection } from "./inspect-request.js";

/** The state of a request while it is being answered. */
export type OpenRequest = { -readonly [Member in keyof ReceivedRequest]: ReceivedRequest[Member] };

/** Begins the record of a request that has just come in. */
export function openRequest(request: IncomingMessage, state: ReceiverState): OpenRequest {
  const url = request.url ?? "/";
  return {
    id: state.log.nextId(),
    time: Date.now(),
    method: request.method ?? "GET",
    path: url.split("?", 1)[0] ?? "/",
    url,
    headers: request.headers,
    body: new Uint8Array(),
    counts: noCounts,
    violations: [],
    warnings: [],
    answered: false,
    stored: false,
  };
}

/** Adds what the checks found. */
export function addInspection(record: OpenRequest, inspection: Inspection): void {
  const { messageType, messageBytes, counts, findings } = inspection;
  record.messageType = messageType;
  record.messageBytes = messageBytes;
  record.counts = counts;
  const withId = ({ rule, detail }: Finding): Violation => ({ rule, requestId: record.id, detail });
  record.violations = findings.violations.map(withId);
  record.warnings = findings.warnings.map(withId);
}
