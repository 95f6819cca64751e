import type { IncomingHttpHeaders } from "node:http";
import { contentTypeValues, parseContentType } from "../decode/content-type.js";
import type { MessageType } from "../message-type.js";
import type { Findings } from "./findings.js";
import { ruleNumbers, type RuleNumbers } from "./rule-numbers.js";

/** RFC 9110 product: name, and a version after a slash; more products and comments may follow. */
const userAgent = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+(\/[!#$%&'*+\-.^_`|~0-9A-Za-z]+)?( .+)?$/;
const versionOf2 = /^2\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Method and headers: W1.2, W1.4, W1.8, W2.3 to W2.10. */
export function checkHeaders(
  method: string,
  headers: IncomingHttpHeaders,
  messageType: MessageType,
  findings: Findings,
): void {
  const rules = ruleNumbers(messageType);
  if (method !== "POST") {
    // Not a write, so that its headers are not those of one.
    findings.violation(rules.post, `the method is ${method} instead of POST`);
    return;
  }
  checkContentType(headers["content-type"], rules, findings);
  checkContentEncoding(headers["content-encoding"], rules, findings);
  checkUserAgent(headers["user-agent"], rules, findings);
  checkVersion(headers, messageType, rules, findings);
}

function checkContentType(value: string | undefined, rules: RuleNumbers, findings: Findings): void {
  if (value === undefined) findings.violation(rules.headerMissing, "Content-Type is missing");
  else if (!parseContentType(value).exact) {
    // A parameter is 2.0's invention, so that what is wrong with one breaks 2.0's rule.
    const rule = value.includes(";") ? "W2.7" : rules.contentType;
    findings.violation(
      rule,
      `Content-Type is ${JSON.stringify(value)}, not exactly one of ${contentTypeValues}`,
    );
  }
}

function checkContentEncoding(value: string | undefined, rules: RuleNumbers, findings: Findings): void {
  if (value === undefined) findings.violation(rules.headerMissing, "Content-Encoding is missing");
  else if (value !== "snappy") {
    findings.violation(rules.contentEncoding, `Content-Encoding is ${JSON.stringify(value)}, not "snappy"`);
  }
}

function checkUserAgent(value: string | undefined, rules: RuleNumbers, findings: Findings): void {
  if (value === undefined || value === "") findings.violation(rules.userAgent, "User-Agent is missing");
  else if (!userAgent.test(value)) {
    findings.warning("W2.10", `User-Agent ${JSON.stringify(value)} is not of the form name/version`);
  }
}

/**
 * 1.0 knows `0.1.0` only. A 2.0 sender should name a 2.x version, but with the plain content type, which is meant
 * for 1.x receivers, it is `0.1.0` again.
 */
function checkVersion(
  headers: IncomingHttpHeaders,
  messageType: MessageType,
  rules: RuleNumbers,
  findings: Findings,
): void {
  const value = headers["x-prometheus-remote-write-version"];
  const quoted = JSON.stringify(value);
  if (value === undefined) {
    findings.violation(rules.versionMissing, "X-Prometheus-Remote-Write-Version is missing");
  } else if (messageType === "prometheus.WriteRequest") {
    if (value === "0.1.0") return;
    if (versionOf2.test(String(value))) {
      if (headers["content-type"] === "application/x-protobuf") {
        findings.warning("W2.9", `the version is ${quoted} beside a Content-Type for 1.x receivers`);
      }
    } else findings.violation("W1.4", `X-Prometheus-Remote-Write-Version is ${quoted}, not "0.1.0"`);
  } else if (!versionOf2.test(String(value))) {
    findings.warning(
      "W2.9",
      `X-Prometheus-Remote-Write-Version is ${quoted}, not 2.x, with the message of 2.0`,
    );
  }
}
