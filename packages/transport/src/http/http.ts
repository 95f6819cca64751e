import type { RetryReason } from "../outcome/remote-write-error.js";

/** One POST. */
export interface HttpRequest {
  readonly url: URL;
  /** Whether a redirect led to another origin: then nothing that identifies the sender goes along. */
  readonly foreign: boolean;
  /** All headers except those that the HTTP stack adds (`Host`, `Content-Length`, `Connection`). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Ends the request and the reading of its response. */
  readonly signal: AbortSignal;
  /** Is told whom it waits for: what to say of a proxy, or undefined for the receiver, when the time is over. */
  readonly onWaiting: (slow: SlowProxy | undefined) => void;
}

/** What to say when the time is over while a proxy may be to blame. */
export interface SlowProxy {
  readonly reason: RetryReason;
  /** Before `within 10000 ms`. */
  readonly what: string;
  readonly advice: string;
}

/** The body of a response, read piece by piece. */
export interface ResponseBody {
  /** The next piece; undefined at the end. Rejects when the connection breaks or the request's signal is aborted. */
  read(): Promise<Uint8Array | undefined>;
  /** Gives up the rest, and the connection with it. */
  cancel(): void;
}

export interface HttpResponse {
  /** 0 where the runtime hides a redirect, as browsers do. */
  readonly status: number;
  /** A header by its name in lower case; empty ones count as missing. */
  readonly header: (name: string) => string | undefined;
  /** Whether headers that are missing may only be hidden (by CORS, in a browser). */
  readonly headersHidden: boolean;
  /** To be read to its end or cancelled. */
  readonly body: ResponseBody;
}

/** Sends requests. `#http` names the one for the runtime: node:http(s) on Node, fetch elsewhere. */
export interface Http {
  /** What may come back in an answer and must not be shown: the proxy's password. */
  readonly secrets: readonly string[];
  /** Why no request can go there, as the end of a sentence; undefined where it can. */
  whyNot(url: URL): string | undefined;
  /** Resolves when the headers of the response have arrived, whatever its status. Never follows a redirect. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Gives up connections that are idle, and keeps none from now on. */
  close(): void;
}

/** Says something that no request's outcome says. Of one kind it is said once in a while. */
export type Warn = (kind: string, message: string) => void;
