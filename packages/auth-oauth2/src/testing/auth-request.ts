import type { AuthRequest } from "@otel-remote-write/auth";

export function createAuthRequest(signal: AbortSignal = new AbortController().signal): AuthRequest {
  const url = new URL("https://example.com/api/v1/write");
  return { method: "POST", url, headers: {}, body: new Uint8Array(), attempt: 1, signal };
}
