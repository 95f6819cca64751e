import type { RefusalReason, RetryReason } from "./remote-write-error.js";

/** What a status means, before anything else of the response is looked at. */
export type StatusClass =
  | { readonly kind: "acknowledged" }
  | { readonly kind: "retryable"; readonly reason: RetryReason }
  | { readonly kind: "refused"; readonly reason: RefusalReason };

const refusals: ReadonlyMap<number, RefusalReason> = new Map([
  [400, "bad_request"],
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "not_found"],
  [405, "method_not_allowed"],
  [409, "conflict"],
  [413, "payload_too_large"],
  [415, "unsupported_media_type"],
]);

/**
 * The class of a status (H4, W1.20 to W1.22, W2.18 to W2.22). One outside of 100 to 599 counts as a 5xx (RFC 9110, 15),
 * except 0, which is how a browser hides a redirect.
 */
export function classifyStatus(status: number): StatusClass {
  if (status >= 200 && status < 300) return { kind: "acknowledged" };
  if (status === 0 || (status >= 300 && status < 400)) return { kind: "refused", reason: "redirect" };
  if (status === 429) return { kind: "retryable", reason: "too_many_requests" };
  if (status >= 400 && status < 500) {
    return { kind: "refused", reason: refusals.get(status) ?? "client_error" };
  }
  return { kind: "retryable", reason: "server_error" };
}
