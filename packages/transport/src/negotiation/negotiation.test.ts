import { describe, expect, test } from "vitest";
import type { ProtobufMessage } from "../message/protobuf-message.js";
import { RemoteWriteError, type RefusalReason } from "../outcome/remote-write-error.js";
import { createNegotiation, type Negotiation, type Turn } from "./negotiation.js";

const v1: ProtobufMessage = "prometheus.WriteRequest";
const v2: ProtobufMessage = "io.prometheus.write.v2.Request";
const hour = 3_600_000;

/** What a receiver answers to a message. */
type Reply = "ok" | "415" | "400" | "204 without Written" | "503" | "ok, headers hidden";

function answerOf(message: ProtobufMessage, reply: Reply) {
  const headersHidden = reply === "503" ? undefined : reply === "ok, headers hidden";
  const written = { samples: 1, histograms: undefined, exemplars: undefined };
  if (reply.startsWith("ok")) {
    const seen = message === v2 && headersHidden === false ? written : undefined;
    return {
      message,
      headersHidden,
      outcome: { kind: "acknowledged", status: 204, message, written: seen },
    } as const;
  }
  if (reply === "503") {
    const error = new RemoteWriteError("", { reason: "server_error", url: "" });
    return {
      message,
      headersHidden,
      outcome: {
        kind: "retryable",
        reason: "server_error",
        error,
        status: 503,
        retryAfterMillis: undefined,
        written: undefined,
      },
    } as const;
  }
  const reasons = {
    "415": "unsupported_media_type",
    "400": "bad_request",
    "204 without Written": "nothing_written",
  } satisfies Partial<Record<Reply, RefusalReason>>;
  const reason = reasons[reply as keyof typeof reasons];
  const error = new RemoteWriteError("", { reason, url: "" });
  return {
    message,
    headersHidden,
    outcome: { kind: "refused", reason, error, status: 400, message, written: undefined },
  } as const;
}

function begin(negotiation: Negotiation): Turn {
  const turn = negotiation.begin();
  if (turn === undefined) throw new Error("another request finds out");
  return turn;
}

/** One request to a receiver that answers `second` to 2.0 and `first` to 1.0. Gives the messages sent. */
function sendTo(negotiation: Negotiation, second: Reply, first: Reply): string {
  const turn = begin(negotiation);
  const replyTo = (message: ProtobufMessage): Reply => (message === v2 ? second : first);
  const sent = [turn.message];
  const other = turn.answered(answerOf(turn.message, replyTo(turn.message)));
  if (other !== undefined) {
    sent.push(other);
    // One change of message at most.
    if (turn.answered(answerOf(other, replyTo(other))) !== undefined) sent.push(turn.message);
  }
  turn.end();
  return sent.map((message) => (message === v2 ? "2.0" : "1.0")).join(" ");
}

/** Sends to one receiver after the other; a number lets time pass. */
function play(...steps: readonly (readonly [second: Reply, first: Reply] | number)[]): string[] {
  let now = 0;
  const negotiation = createNegotiation(false, () => now);
  return steps.flatMap((step) => {
    if (typeof step !== "number") return [sendTo(negotiation, ...step)];
    now += step;
    return [];
  });
}

const of2 = ["ok", "ok"] as const;
const of1 = ["204 without Written", "ok"] as const;
const refusing = ["415", "ok"] as const;

describe("what is sent, request by request", () => {
  test.each([
    ["a receiver of both", [of2, of2], ["2.0", "2.0"]],
    ["H11: one that answers 415 to 2.0", [refusing, refusing], ["2.0 1.0", "1.0"]],
    ["W2.18: one that answers 400", [["400", "ok"], of1], ["2.0 1.0", "1.0"]],
    ["W2.15: one that answers 204 and stores nothing", [of1, of1], ["2.0 1.0", "1.0"]],
    ["one that refuses both", [["415", "415"], ["415", "415"], of1], ["2.0 1.0", "2.0 1.0", "2.0 1.0"]],
    ["bad samples, which both refuse", [["400", "400"], of2], ["2.0 1.0", "2.0"]],
    ["an outage at the first request", [["503", "503"], of1], ["2.0", "2.0 1.0"]],
    ["an outage between the two messages", [["415", "503"], of1, of1], ["2.0 1.0", "1.0", "1.0"]],
    [
      "an outage between the two messages, and after it bad samples",
      [["415", "503"], ["503", "503"], ["ok", "400"], of2],
      ["2.0 1.0", "1.0", "1.0", "2.0"],
    ],
    [
      "an outage between the two messages, and after it a receiver of nothing but 2.0",
      [["400", "503"], ["ok", "415"], of2],
      ["2.0 1.0", "1.0 2.0", "2.0"],
    ],
    ["an outage later", [of1, ["503", "503"], of1], ["2.0 1.0", "1.0", "1.0"]],
    ["replaced by an older one", [of2, of1, of1], ["2.0", "2.0 1.0", "1.0"]],
    ["2.0 is known, and some samples are bad", [of2, ["400", "400"], of2], ["2.0", "2.0 1.0", "2.0"]],
    ["replaced by a newer one", [of1, hour - 1, of2, 1, of2, of2], ["2.0 1.0", "1.0", "2.0", "2.0"]],
    ["asked again every hour", [of1, hour, of1, of1, hour, of1], ["2.0 1.0", "2.0 1.0", "1.0", "2.0 1.0"]],
    ["an outage when asked again", [of1, hour, ["503", "ok"], of1], ["2.0 1.0", "2.0", "1.0"]],
    ["a clock that is stepped back", [of1, -2 * hour, of2, of2], ["2.0 1.0", "2.0", "2.0"]],
    ["a stray 400 of a gateway", [["400", "ok"], hour, of2, of2], ["2.0 1.0", "2.0", "2.0"]],
    ["replaced by one that takes nothing but 2.0", [of1, ["ok", "415"], of2], ["2.0 1.0", "1.0 2.0", "2.0"]],
  ] as const)("%s", (_, steps, sent) => {
    expect(play(...steps)).toEqual(sent);
  });
});

describe("requests side by side", () => {
  test("while the endpoint is unknown there is one turn; it ends, and another may try", async () => {
    const negotiation = createNegotiation(false, () => 0);
    const turn = begin(negotiation);
    expect(negotiation.begin()).toBeUndefined();
    const waited = negotiation.wait();
    turn.end();
    await waited;
    expect(begin(negotiation).message).toBe(v2);
    expect(negotiation.begin()).toBeUndefined();
  });

  test("with a known message there is no waiting, and one request an hour asks for 2.0", () => {
    let now = 0;
    const negotiation = createNegotiation(false, () => now);
    sendTo(negotiation, ...of1);
    now += hour;
    expect([1, 2, 3].map(() => begin(negotiation).message)).toEqual([v2, v1, v1]);
  });

  test("an answer to 1.0 that comes late does not undo what was found out since", () => {
    let now = 0;
    const negotiation = createNegotiation(false, () => now);
    sendTo(negotiation, ...of1);
    const late = begin(negotiation);
    now += hour;
    sendTo(negotiation, ...of2);
    late.answered(answerOf(v1, "ok"));
    late.end();
    expect(begin(negotiation).message).toBe(v2);
  });

  test("nor does a late answer to 2.0, of a receiver that is gone", () => {
    const negotiation = createNegotiation(false, () => 0);
    sendTo(negotiation, ...of2);
    const late = begin(negotiation);
    sendTo(negotiation, ...of1);
    late.answered(answerOf(v2, "ok"));
    late.end();
    expect(begin(negotiation).message).toBe(v1);
  });
});

describe("H10: where headers may be hidden", () => {
  test("1.0 it is, for good, when they are", () => {
    let now = 0;
    const negotiation = createNegotiation(true, () => now);
    const sent = [0, hour, 2 * hour].map((time) => {
      now = time;
      return sendTo(negotiation, "ok, headers hidden", "ok, headers hidden");
    });
    expect(sent).toEqual(["1.0", "1.0", "1.0"]);
  });

  test("2.0 is tried as soon as an answer shows that they are not", () => {
    const negotiation = createNegotiation(true, () => 0);
    expect([1, 2, 3].map(() => sendTo(negotiation, ...of2))).toEqual(["1.0", "2.0", "2.0"]);
  });

  test("a `fetch` that hides them in a runtime that doesn't: one batch tells, and none after it", () => {
    let now = 0;
    const negotiation = createNegotiation(false, () => now);
    const sent = [0, 0, hour].map((time) => {
      now = time;
      return sendTo(negotiation, "ok, headers hidden", "ok, headers hidden");
    });
    expect(sent).toEqual(["2.0 1.0", "1.0", "1.0"]);
  });
});
