import { describe, expect, test } from "vitest";
import type { ProtobufMessage } from "../message/protobuf-message.js";
import type { Outcome } from "../outcome/outcome.js";
import { RemoteWriteError, type RefusalReason, type RetryReason } from "../outcome/remote-write-error.js";
import { takesMessage } from "./takes-message.js";

const v1: ProtobufMessage = "prometheus.WriteRequest";
const v2: ProtobufMessage = "io.prometheus.write.v2.Request";
const written = { samples: 0, histograms: undefined, exemplars: undefined };

function acknowledged(message: ProtobufMessage, headers?: typeof written): Outcome {
  return { kind: "acknowledged", status: 204, message, written: headers };
}

function refused(reason: RefusalReason, headers?: typeof written): Outcome {
  const error = new RemoteWriteError(reason, { reason, url: "" });
  return { kind: "refused", reason, error, status: 400, message: v1, written: headers };
}

function retryable(reason: RetryReason): Outcome {
  const error = new RemoteWriteError(reason, { reason, url: "" });
  return { kind: "retryable", reason, error, status: 500, retryAfterMillis: undefined, written };
}

const aborted: Outcome = { kind: "aborted", error: new RemoteWriteError("", { reason: "aborted", url: "" }) };

describe("takesMessage: whether the receiver takes the message", () => {
  test.each<[string, ProtobufMessage, Outcome, boolean | undefined]>([
    ["W2.13: a 2xx to 1.0", v1, acknowledged(v1), true],
    ["H11: a 415 to 1.0", v1, refused("unsupported_media_type"), false],
    ["a 400 to 1.0: it is the samples", v1, refused("bad_request"), undefined],
    ["W2.15: a 2xx to 2.0 with Written headers, whatever they say", v2, acknowledged(v2, written), true],
    ["W2.15 H10: a 2xx to 2.0 without", v2, refused("nothing_written"), false],
    ["a 2xx to an empty batch as 2.0", v2, acknowledged(v2), undefined],
    ["H11: a 415 to 2.0", v2, refused("unsupported_media_type"), false],
    ["H11: a 415 to 2.0, with Written headers even", v2, refused("unsupported_media_type", written), false],
    ["W2.18: a 400 to 2.0 without Written headers", v2, refused("bad_request"), false],
    ["W2.14: a 400 to 2.0 with Written headers: a partial write", v2, refused("bad_request", written), true],
    ["other refusals", v2, refused("unauthorized"), undefined],
    ["H4: a 404", v2, refused("not_found"), undefined],
    ["H4: a 5xx", v2, retryable("server_error"), undefined],
    ["H4: a 429", v2, retryable("too_many_requests"), undefined],
    ["a network error", v2, retryable("connection_refused"), undefined],
    ["an abort", v2, aborted, undefined],
  ])("%s", (_, message, outcome, takes) => {
    expect(takesMessage({ message, outcome, headersHidden: false })).toBe(takes);
  });

  test("H10: a 2xx to 2.0 whose headers are hidden is no confirmation", () => {
    const answer = { message: v2, outcome: acknowledged(v2), headersHidden: true };
    expect(takesMessage(answer)).toBe(false);
    expect(takesMessage({ ...answer, outcome: acknowledged(v2, written) })).toBe(true);
  });
});
