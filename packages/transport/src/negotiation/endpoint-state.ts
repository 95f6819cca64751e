import type { ProtobufMessage } from "../message/protobuf-message.js";
import { takesMessage, type Answer } from "./takes-message.js";

const first: ProtobufMessage = "prometheus.WriteRequest";
const second: ProtobufMessage = "io.prometheus.write.v2.Request";

/** How long a receiver of 1.0 is left alone before it is asked for 2.0 again. */
const probeMillis = 3_600_000;

/** What is known of an endpoint. Never changed, only replaced. */
export interface EndpointState {
  /** The message that it takes. */
  readonly takes: ProtobufMessage | undefined;
  /** When one that takes 1.0 was last asked for 2.0; undefined where its answer could not be read. */
  readonly probedMillis: number | undefined;
}

export const unknownEndpoint: EndpointState = { takes: undefined, probedMillis: undefined };
/** 2.0 is for those who can see the Written headers: until an answer shows that they are not hidden it is 1.0. */
export const unreadableEndpoint: EndpointState = { takes: first, probedMillis: undefined };

const takesSecond: EndpointState = { takes: second, probedMillis: undefined };

/** Whether it is time to try 2.0 on an endpoint that takes 1.0. A clock that was stepped counts as time. */
export function isProbeDue({ takes, probedMillis }: EndpointState, nowMillis: number): boolean {
  return takes === first && probedMillis !== undefined && Math.abs(nowMillis - probedMillis) >= probeMillis;
}

/**
 * What is known after an answer.
 *
 * @param before What was known when the request began.
 * @param state What is known now, which answers to other requests may have changed.
 */
export function learn(
  before: EndpointState,
  state: EndpointState,
  answer: Answer,
  nowMillis: number,
): EndpointState {
  const { message, headersHidden } = answer;
  if (headersHidden === true) return unreadableEndpoint;
  const takes = takesMessage(answer) === true;
  if (message === second) {
    // Of a receiver that was replaced meanwhile, or one of several behind one address.
    return takes && state === before ? takesSecond : state;
  }
  if (state.takes === first) {
    const canRead = headersHidden === false && state.probedMillis === undefined;
    return canRead ? { takes: first, probedMillis: -Infinity } : state;
  }
  // Sent after 2.0 was not taken. That one which was to be 1.0 is taken says nothing about 2.0.
  return takes && before.takes !== first ? { takes: first, probedMillis: nowMillis } : state;
}

/** The message to send the same samples as once more, after one that the receiver does not take. */
export function otherMessage(answer: Answer): ProtobufMessage | undefined {
  if (takesMessage(answer) !== false) return undefined;
  return answer.message === first ? second : first;
}
