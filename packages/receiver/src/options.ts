import { isLoopback } from "./http/loopback.js";
import { defaultLimits, type Limits } from "./limits.js";
import { messageTypes, type MessageType } from "./message-type.js";
import type { ReceivedRequest } from "./store/received-request.js";

/** Options of `startReceiver()`. */
export interface ReceiverOptions {
  /** A loopback address: `127.0.0.1` (the default), `::1`, `localhost`. Others are an error: there is no protection. */
  readonly host?: string | undefined;
  /** Default 0: a free one. */
  readonly port?: number | undefined;
  /**
   * The messages to take; others are answered 415. Default: both. `["prometheus.WriteRequest"]` plays a receiver of
   * 1.0 that knows its limits.
   */
  readonly accept?: readonly MessageType[] | undefined;
  /** What to take and keep at most; see `Limits` for the defaults. */
  readonly limits?: { readonly [Limit in keyof Limits]?: Limits[Limit] | undefined } | undefined;
  /** Called when the exchange of a request has ended, with an answer or without. */
  readonly onRequest?: ((request: ReceivedRequest) => void) | undefined;
}

/** The options with their defaults filled in. */
export interface ResolvedOptions {
  readonly host: string;
  readonly port: number;
  readonly accept: readonly MessageType[];
  readonly limits: Limits;
  readonly onRequest: (request: ReceivedRequest) => void;
}

const known = ["host", "port", "accept", "limits", "onRequest"];

/** @throws TypeError that names the option, what it must be, and what was given: nothing of it is a secret */
export function resolveOptions(options: ReceiverOptions): ResolvedOptions {
  checkKeys(options, known, "options", "");
  const { host = "127.0.0.1", port = 0, accept = messageTypes, onRequest = () => undefined } = options;
  if (!isLoopback(host)) throw wrong("host", "a loopback address, such as 127.0.0.1 or ::1", host);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw wrong("port", "a number from 1 to 65535, or 0 for a free one", port);
  }
  const isList = Array.isArray(accept) && accept.length > 0;
  if (!isList || !accept.every((type) => messageTypes.includes(type))) {
    throw wrong("accept", `an array of one or both of ${messageTypes.join(", ")}`, accept);
  }
  if (typeof onRequest !== "function") throw wrong("onRequest", "a function that takes a request", onRequest);
  return {
    host: host === "[::1]" ? "::1" : host,
    port,
    accept,
    limits: resolveLimits(options.limits ?? {}),
    onRequest,
  };
}

function resolveLimits(limits: NonNullable<ReceiverOptions["limits"]>): Limits {
  checkKeys(limits, Object.keys(defaultLimits), "limits", "limits.");
  const resolved: Record<string, number> = { ...defaultLimits };
  for (const [name, value] of Object.entries(limits)) {
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 1)
      throw wrong(`limits.${name}`, "a whole number above 0", value);
    resolved[name] = value;
  }
  return resolved as unknown as Limits;
}

function checkKeys(options: unknown, names: readonly string[], group: string, path: string): void {
  if (typeof options !== "object" || options === null || Symbol.iterator in options) {
    throw wrong(group, "an object", options);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`startReceiver: ${path}${unknown} is no option; known are ${names.join(", ")}`);
  }
}

function wrong(option: string, wanted: string, value: unknown): TypeError {
  return new TypeError(
    `startReceiver: ${option} must be ${wanted}, got ${JSON.stringify(value) ?? typeof value}`,
  );
}
