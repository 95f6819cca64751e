import type { ProtobufMessage } from "../message/protobuf-message.js";
import type { Outcome, Retryable } from "../outcome/outcome.js";
import {
  type EndpointState,
  isProbeDue,
  learn,
  otherMessage,
  unknownEndpoint,
  unreadableEndpoint,
} from "./endpoint-state.js";
import type { Answer } from "./takes-message.js";

/** The message of one request. */
export interface Turn {
  readonly message: ProtobufMessage;
  /** Takes in an answer to it, and gives the message to send the same samples as once more, if they should be. */
  answered(answer: Answer): ProtobufMessage | undefined;
  /** Must be called when the request is over, with what came of it: others may wait for it. */
  end(outcome?: Outcome): void;
}

/** Finds out which message an endpoint takes, by the answers to requests that carry samples. */
export interface Negotiation {
  /** Undefined while the request of another turn finds out; see `wait`. */
  begin(): Turn | undefined;
  /**
   * Resolves when `begin` may give a turn; where the endpoint could not be reached, with what came of that. Those who wait
   * would find the same, after one timeout for each, as they go one after another.
   */
  wait(): Promise<Retryable | undefined>;
}

/** @param headersMayBeHidden Whether the runtime may hide headers of responses, as browsers do. */
export function createNegotiation(headersMayBeHidden: boolean, now: () => number): Negotiation {
  let state: EndpointState = headersMayBeHidden ? unreadableEndpoint : unknownEndpoint;
  /**
   * What the next request that finds out begins with: 1.0, after a 2.0 that was not taken and a 1.0 that has to wait. A rate
   * limit that never lets two requests through in a row would keep it from ever finding out.
   */
  let begins: ProtobufMessage = "io.prometheus.write.v2.Request";
  /** Whether the request under way is the one that finds out, alone. */
  let finding = false;
  let waiting: ((unreached: Retryable | undefined) => void)[] = [];

  function chooseMessage(): ProtobufMessage {
    if (!isProbeDue(state, now())) return state.takes ?? begins;
    state = { ...state, probedMillis: now() };
    return "io.prometheus.write.v2.Request";
  }

  return {
    begin() {
      const isFinder = state.takes === undefined;
      if (isFinder && finding) return undefined;
      if (isFinder) finding = true;
      const message = chooseMessage();
      const before = state;
      return {
        message,
        answered(answer) {
          state = learn(before, state, answer, now());
          begins =
            answer.message === "prometheus.WriteRequest" && answer.outcome.kind === "retryable"
              ? "prometheus.WriteRequest"
              : "io.prometheus.write.v2.Request";
          // One change of message is enough.
          return answer.message === message ? otherMessage(answer) : undefined;
        },
        end(outcome) {
          if (!isFinder) return;
          finding = false;
          const woken = waiting;
          waiting = [];
          const isUnreached = outcome?.kind === "retryable" && outcome.status === undefined;
          for (const wake of woken) wake(isUnreached ? outcome : undefined);
        },
      };
    },
    wait: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
