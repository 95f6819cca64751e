import type { Fault, ReceivedRequest } from "../store/received-request.js";

/** What to answer to a write request: a status, or more. */
export type Answer = number | StatusAnswer | FaultAnswer;

/** An answer with a status, and what happens besides. */
export interface StatusAnswer {
  /** 200 to 599. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The text of the body. Default: empty. */
  readonly body?: string | undefined;
  /**
   * Whether the points are stored, before the answer. Default: true with a 2xx, false otherwise. Points of a request
   * that breaks a rule are never stored.
   */
  readonly store?: boolean | undefined;
  /**
   * Whether the answer to a 2.0 message has the `X-Prometheus-Remote-Write-*-Written` headers, with the number of
   * points stored. Default: true, except with 415. False plays a 1.0 receiver that took the message for its own.
   */
  readonly written?: boolean | undefined;
  /** Milliseconds to wait, or a promise to wait for, before answering (and after storing). Default: none. */
  readonly after?: number | Promise<unknown> | undefined;
}

/** No answer, or only part of one. */
export interface FaultAnswer {
  /**
   * - `refuse`: the connection is reset as soon as the headers are there; the body is not read, nothing is stored.
   * - `reset`: the request is read, then the connection is reset instead of an answer.
   * - `truncate`: the connection is reset in the middle of the body of a 200.
   * - `stall`: the request is read and never answered; it ends when the sender gives up or the receiver is closed.
   */
  readonly fault: Fault;
  /** Whether the points are stored, before the fault. Default: false. Not with `refuse`. */
  readonly store?: boolean | undefined;
  /** As in `StatusAnswer`. */
  readonly after?: number | Promise<unknown> | undefined;
}

/** Decides when the request has been read and checked. `undefined` leaves it to the default behaviour. */
export type AnswerFunction = (request: ReceivedRequest) => Answer | undefined | Promise<Answer | undefined>;

/** An answer, or a function that decides on one. */
export type ScriptedAnswer = Answer | AnswerFunction;
