import {
  type AuthPlugin,
  checkBoolean,
  checkDelayMillis,
  checkOptionKeys,
  wrongOption,
} from "@otel-remote-write/auth";
import type { Codec } from "../codec/codec.js";
import { snappyCodec } from "../codec/snappy-codec.js";
import { checkHeaders } from "../headers/check-headers.js";
import { isToken } from "../headers/header-syntax.js";
import type { ConnectionOptions } from "../http/connection-options.js";
import type { Fetch } from "../http/fetch-http.js";
import { isProtobufMessage, messageHeaders, type ProtobufMessage } from "../message/protobuf-message.js";
import { parseEndpointUrl } from "../url/parse-endpoint-url.js";

/** Where and how to send. */
export interface RemoteWriteClientOptions extends ConnectionOptions {
  /**
   * The remote-write endpoint, http or https, for example `http://localhost:9090/api/v1/write`. Required. Used as
   * given, query included (W1.2). Credentials in it are refused: they belong into `auth`.
   */
  readonly url: string | URL;
  /**
   * Headers for every request, such as `{ "X-Scope-OrgID": "tenant-1" }`. None by default. Headers that remote write or
   * HTTP reserve are refused in any case of their letters (W1.5), and so are those that only `auth` may set.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * How long one attempt may take, in milliseconds: asking `auth`, connecting, sending, and waiting for the answer.
   * 10,000 by default, as the OTLP exporters have it.
   */
  readonly timeoutMillis?: number | undefined;
  /** Adds credentials to every attempt. None by default. */
  readonly auth?: AuthPlugin | undefined;
  /**
   * The message to send: `prometheus.WriteRequest`, which is remote write 1.0, or `io.prometheus.write.v2.Request`, which
   * is 2.0. By default `"auto"`: the answers to the first request tell which one the receiver takes. 2.0 is tried first,
   * alone, and what is not taken or not stored goes once more as 1.0. What was found out is remembered; 2.0 is tried again
   * every hour. Where CORS hides the headers of answers, and with a codec other than snappy, it is 1.0.
   */
  readonly protobufMessage?: ProtobufMessage | "auto" | undefined;
  /** Compresses the message. Snappy in plain JavaScript by default. 2.0 allows nothing but snappy (W2.6). */
  readonly codec?: Codec | undefined;
  /**
   * Sends requests, in place of node:http or of the runtime's own `fetch`. A redirect must come back as it is
   * (`redirect: "manual"`). On Node a `fetch` under way keeps the process alive; node:http does not.
   */
  readonly fetch?: Fetch | undefined;
  /**
   * Whether redirects with 307 and 308 are followed; others never are, and neither is one from https to http. `auth` is
   * asked again; to another origin neither credentials nor `headers` go along. `true` by default, as Prometheus has it.
   * Browsers let nobody follow them.
   */
  readonly followRedirects?: boolean | undefined;
}

/** Options checked, defaults filled in. */
export interface ResolvedOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMillis: number;
  readonly auth: AuthPlugin | undefined;
  readonly protobufMessage: ProtobufMessage | "auto";
  readonly codec: Codec;
  readonly fetch: Fetch | undefined;
  readonly followRedirects: boolean;
}

/** The names of all options, for those who pass on a part of their own. */
export const remoteWriteClientOptionNames: readonly string[] = Object.keys({
  url: true,
  headers: true,
  timeoutMillis: true,
  auth: true,
  protobufMessage: true,
  codec: true,
  fetch: true,
  followRedirects: true,
  tls: true,
  proxyUrl: true,
  noProxy: true,
  agent: true,
} satisfies Record<keyof RemoteWriteClientOptions, true>);

/**
 * @param owner Who complains, first in messages.
 * @throws {TypeError} Naming the option, what is wrong with it and what a good value looks like; never its value where
 * that may be a secret.
 */
export function resolveOptions(options: RemoteWriteClientOptions, owner: string): ResolvedOptions {
  checkOptionKeys(options, remoteWriteClientOptionNames, owner);
  const { timeoutMillis = 10_000, protobufMessage = "auto", codec = snappyCodec } = options;
  const { fetch, followRedirects = true } = options;
  if (fetch !== undefined && typeof fetch !== "function") {
    throw wrongOption(fetch, "fetch", owner, "a function such as the global fetch");
  }
  return {
    url: parseEndpointUrl(options.url, owner),
    headers: checkHeaders(options.headers, owner),
    timeoutMillis: checkDelayMillis(timeoutMillis, "timeoutMillis", owner),
    auth: checkAuth(options.auth, owner),
    codec: checkCodec(codec, owner),
    protobufMessage: checkMessage(protobufMessage, codec, owner),
    fetch,
    followRedirects: checkBoolean(followRedirects, "followRedirects", owner),
  };
}

function checkAuth(value: AuthPlugin | undefined, owner: string): AuthPlugin | undefined {
  if (value === undefined) return undefined;
  const shape = value as Partial<AuthPlugin> | null;
  const complete =
    typeof shape === "object" && typeof shape?.name === "string" && typeof shape.authorize === "function";
  const optional = [shape?.onUnauthorized, shape?.onForbidden];
  if (complete && optional.every((method) => method === undefined || typeof method === "function")) {
    return value;
  }
  throw wrongOption(
    value,
    "auth",
    owner,
    "one auth plugin, such as basicAuth({ username, password }) of @otel-remote-write/auth-basic",
  );
}

function checkMessage(value: unknown, codec: Codec, owner: string): ProtobufMessage | "auto" {
  if (value !== "auto" && !isProtobufMessage(value)) {
    const known = ["auto", ...Object.keys(messageHeaders)].map((name) => `"${name}"`);
    throw wrongOption(value, "protobufMessage", owner, known.join(" or "));
  }
  if (codec.name === "snappy" || value === "prometheus.WriteRequest") return value;
  if (value === "auto") return "prometheus.WriteRequest";
  throw new TypeError(
    `${owner}: codec must be snappy with remote write 2.0, got "${codec.name}"; leave out protobufMessage or codec`,
  );
}

function checkCodec(value: Codec, owner: string): Codec {
  const shape = value as Partial<Codec> | null;
  if (typeof shape?.name === "string" && isToken(shape.name) && typeof shape.compress === "function")
    return value;
  throw wrongOption(value, "codec", owner, 'an object with name, such as "snappy", and compress(bytes)');
}
