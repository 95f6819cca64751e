import type { IncomingHttpHeaders } from "node:http";
import { parseContentType } from "../decode/content-type.js";
import { decodeMessage } from "../decode/decode-message.js";
import {
  countMessage,
  noCounts,
  type DecodedMessage,
  type MessageCounts,
} from "../decode/decoded-message.js";
import { uncompressBlock } from "../decode/snappy-block.js";
import type { Limits } from "../limits.js";
import type { MessageType } from "../message-type.js";
import { createFindings, type Findings } from "../rules/findings.js";
import { checkHeaders } from "../rules/header-rules.js";
import { checkMessage } from "../rules/message-rules.js";
import { checkOrder } from "../rules/order-rules.js";
import { retryKey, type RetryKey, type RetryMemory } from "../rules/retry-rules.js";
import { ruleNumbers } from "../rules/rule-numbers.js";
import type { SeriesStore } from "../store/series-store.js";

/** What the checks look at, and what they look it up in. */
export interface InspectionContext {
  readonly accept: readonly MessageType[];
  readonly limits: Limits;
  readonly store: Pick<SeriesStore, "get">;
  readonly retries: RetryMemory;
}

/** The part of a request that the checks read. */
export interface RawRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** What a request turned out to be, and the answer it gets when nothing is scripted. */
export interface Inspection {
  readonly messageType?: MessageType | undefined;
  readonly messageBytes?: number | undefined;
  readonly message?: DecodedMessage | undefined;
  readonly counts: MessageCounts;
  readonly retryKey?: RetryKey | undefined;
  readonly findings: Findings;
  readonly verdict: Verdict;
}

interface Verdict {
  readonly status: number;
  readonly body: string;
}

/** Checks a request by all rules. Nothing is stored. */
export function inspectRequest(request: RawRequest, context: InspectionContext): Inspection {
  const { headers } = request;
  const findings = createFindings();
  const { messageType } = parseContentType(headers["content-type"]);
  checkHeaders(request.method, headers, messageType ?? "prometheus.WriteRequest", findings);
  const start = { messageType, counts: noCounts, findings };

  if (request.method !== "POST")
    return { ...start, verdict: { status: 405, body: "remote write is a POST\n" } };
  const encoding = headers["content-encoding"] ?? "snappy";
  if (messageType === undefined || encoding.trim().toLowerCase() !== "snappy") {
    return { ...start, verdict: { status: 415, body: listViolations(findings) } };
  }
  if (!context.accept.includes(messageType)) {
    const body = `${messageType} is not accepted here; accepted: ${context.accept.join(", ")}\n`;
    return { ...start, verdict: { status: 415, body } };
  }
  return inspectBody(request, messageType, findings, context);
}

function inspectBody(
  { body, headers }: RawRequest,
  messageType: MessageType,
  findings: Findings,
  context: InspectionContext,
): Inspection {
  const rules = ruleNumbers(messageType);
  const start = { messageType, counts: noCounts, findings };
  const uncompressed = uncompressBlock(body, context.limits.messageBytes);
  if (!uncompressed.ok) {
    if (uncompressed.reason === "too-large") {
      return { ...start, verdict: { status: 413, body: `${uncompressed.detail}\n` } };
    }
    findings.violation(rules.block, uncompressed.detail);
    return { ...start, verdict: judge(findings) };
  }
  const messageBytes = uncompressed.bytes.length;
  const decoded = decodeMessage(uncompressed.bytes, messageType);
  if (typeof decoded === "string") {
    findings.violation(rules.message, decoded);
    return { ...start, messageBytes, verdict: judge(findings) };
  }
  const { message } = decoded;
  const counts = countMessage(message);
  const key = retryKey(uncompressed.bytes, headers["content-type"] ?? "", headers.authorization);
  checkMessage(decoded, findings);
  checkOrder(message, context.store, rules, findings);
  // Metadata and empty requests repeat by their nature; points don't.
  const hasPoints = counts.samples + counts.histograms > 0;
  if (hasPoints) context.retries.check(key, messageType, findings);
  return {
    ...start,
    messageBytes,
    message,
    counts,
    ...(hasPoints ? { retryKey: key } : {}),
    verdict: judge(findings),
  };
}

function judge(findings: Findings): Verdict {
  return findings.violations.length === 0
    ? { status: 204, body: "" }
    : { status: 400, body: listViolations(findings) };
}

function listViolations({ violations }: Findings): string {
  return violations.map(({ rule, detail }) => `${rule}: ${detail}\n`).join("");
}
