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

/** Throws a TypeError that names the option and the fix. */
export function resolveOptions(options: ReceiverOptions): ResolvedOptions {
  if (typeof options !== "object" || options === null) {
    throw new TypeError("options must be an object, such as { port: 9294 }");
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`unknown option "${unknown}"; there are ${known.join(", ")}`);
  const { host = "127.0.0.1", port = 0, accept = messageTypes, onRequest = () => undefined } = options;
  if (!isLoopback(host)) {
    throw new TypeError(
      `option "host": ${JSON.stringify(host)} is not a loopback address, use 127.0.0.1 or ::1`,
    );
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`option "port": ${port} is not a port, use 1 to 65535, or 0 for a free one`);
  }
  const isList = Array.isArray(accept) && accept.length > 0;
  if (!isList || !accept.every((type) => messageTypes.includes(type))) {
    throw new TypeError(`option "accept": expected an array of one or both of ${messageTypes.join(", ")}`);
  }
  if (typeof onRequest !== "function") {
    throw new TypeError('option "onRequest": expected a function that takes a request');
  }
  return {
    host: host === "[::1]" ? "::1" : host,
    port,
    accept,
    limits: resolveLimits(options.limits ?? {}),
    onRequest,
  };
}

function resolveLimits(limits: NonNullable<ReceiverOptions["limits"]>): Limits {
  const resolved: Record<string, number> = { ...defaultLimits };
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in defaultLimits)) {
      const names = Object.keys(defaultLimits).join(", ");
      throw new TypeError(`unknown option "limits.${name}"; there are ${names}`);
    }
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new TypeError(`option "limits.${name}": ${value} is not a whole number of at least 1`);
    }
    resolved[name] = value;
  }
  return resolved as unknown as Limits;
}
