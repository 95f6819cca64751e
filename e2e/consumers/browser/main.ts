// A page has the types of the DOM and none of Node's.
import { basicAuth } from "@otel-remote-write/auth-basic";
import { bearerAuth } from "@otel-remote-write/auth-bearer";
import { startRemoteWrite } from "@otel-remote-write/exporter";

export const remoteWrite = startRemoteWrite({
  url: "https://metrics.example.com/api/v1/write",
  auth: basicAuth({ username: "page", password: "not a secret" }),
  fetch: (input, init) => fetch(input, init),
});

export const withToken = bearerAuth({ getToken: async () => (await fetch("/token")).text() });
