import type { AuthRequest } from "@otel-remote-write/auth";

const amp = "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write";

export function createAuthRequest(change: Partial<AuthRequest> = {}): AuthRequest {
  return {
    method: "POST",
    url: new URL(amp),
    headers: { "content-type": "application/x-protobuf", "content-encoding": "snappy" },
    body: new Uint8Array([1, 2, 3]),
    attempt: 1,
    signal: new AbortController().signal,
    ...change,
  };
}
