import type { ServerResponse } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { oauth2Auth } from "./oauth2-auth.js";
import { createAuthRequest } from "./testing/auth-request.js";
import { sendJson, startTokenServer } from "./testing/token-server.js";

const client = { clientId: "metrics", clientSecret: "s3cr3t" };
const request = createAuthRequest();

type Case = [name: string, answer: (response: ServerResponse) => void, problem: string];

describe("oauth2Auth names endpoint, cause and fix, and recovers", () => {
  it.each<Case>([
    [
      "401 invalid_client",
      (response) => {
        response.setHeader("www-authenticate", 'Basic realm="tokens"');
        sendJson(response, 401, { error: "invalid_client", error_description: "unknown\nclient" });
      },
      "answered 401 invalid_client (unknown\\nclient); check clientId and clientSecret",
    ],
    [
      "401 without a body",
      (response) => response.writeHead(401).end(),
      "answered 401; check clientId and clientSecret",
    ],
    [
      "400 unauthorized_client",
      (response) => sendJson(response, 400, { error: "unauthorized_client" }),
      "answered 400 unauthorized_client; check clientId and clientSecret, and that the client may use the client " +
        "credentials grant",
    ],
    [
      "400 unsupported_grant_type",
      (response) => sendJson(response, 400, { error: "unsupported_grant_type" }),
      "answered 400 unsupported_grant_type; have the server allow the client credentials grant",
    ],
    [
      "400 invalid_scope",
      (response) => sendJson(response, 400, { error: "invalid_scope" }),
      "answered 400 invalid_scope; check scopes",
    ],
    [
      "an error with the status 200",
      (response) => sendJson(response, 200, { error: "invalid_scope" }),
      "answered 200 invalid_scope; check scopes",
    ],
    [
      "403 with an error of the server's own",
      (response) => sendJson(response, 403, { error: "Forbidden by <b>policy</b>" }),
      "answered 403; check the client's settings at the server, and tokenUrl",
    ],
    ["404", (response) => response.writeHead(404).end("no"), "answered 404; is the path of tokenUrl right?"],
    [
      "a redirect",
      (response) => response.writeHead(307, { location: "/elsewhere" }).end(),
      "answered 307; redirects are not followed: give the place it redirects to as tokenUrl",
    ],
    [
      "503",
      (response) => response.writeHead(503).end(),
      "answered 503; it is asked again with the next attempt",
    ],
    [
      "a page instead of JSON",
      (response) => response.setHeader("content-type", "text/html; charset=utf-8").end("<html>log in</html>"),
      "answered with text/html that is no JSON object; is tokenUrl right?",
    ],
    [
      "JSON that is no object",
      (response) => sendJson(response, 200, ["token"]),
      "answered with application/json that is no JSON object; is tokenUrl right?",
    ],
    [
      "nothing",
      (response) => response.end(),
      "answered with something that is no JSON object; is tokenUrl right?",
    ],
    [
      "no access_token",
      (response) => sendJson(response, 200, { token_type: "Bearer" }),
      "answered without an access_token; is tokenUrl right?",
    ],
    [
      "an access_token of another kind",
      (response) => sendJson(response, 200, { access_token: 7, token_type: "Bearer" }),
      "answered without an access_token; is tokenUrl right?",
    ],
    ...["mac", "dpop"].map((token_type): Case => [
      `a token_type ${token_type}`,
      (response) => sendJson(response, 200, { access_token: "t", token_type }),
      "gave a token of another type than bearer, and only that can be sent; have the server give such ones",
    ]),
    [
      "too much",
      (response) => response.end("x".repeat(300_000)),
      "answered with more than 256 KiB; is tokenUrl right?",
    ],
    [
      "a closed connection",
      (response) => response.destroy(),
      "cannot be reached (TypeError, caused by SocketError UND_ERR_SOCKET); is it running, and is tokenUrl right?",
    ],
  ])("%s", async (_case, answer, problem) => {
    const server = await startTokenServer();
    const up = server.answer;
    const plugin = oauth2Auth({ ...client, tokenUrl: server.tokenUrl });
    server.answer = answer;
    await expect(async () => plugin.authorize(request)).rejects.toThrow(
      new Error(`oauth2Auth: the token endpoint ${server.tokenUrl} ${problem}`),
    );
    server.answer = up;
    expect(await plugin.authorize(request)).toEqual({
      authorization: `Bearer token-${server.requests.length}`,
    });
  });

  it.each([
    ["tökén", "a character beyond ASCII"],
    ["tökén\r\nx-other: 1", "a line break"],
  ])("a token that cannot be sent: %j", async (access_token, what) => {
    const server = await startTokenServer();
    server.answer = (response) => sendJson(response, 200, { access_token });
    const plugin = oauth2Auth({ ...client, tokenUrl: server.tokenUrl });
    await expect(async () => plugin.authorize(request)).rejects.toThrow(
      new TypeError(`oauth2Auth: the access_token of the token endpoint contains ${what}`),
    );
  });

  it("a server that is down, until it is up again", async () => {
    const server = await startTokenServer();
    await server.close();
    const plugin = oauth2Auth({ ...client, tokenUrl: `${server.tokenUrl}?key=hidden` });
    await expect(async () => plugin.authorize(request)).rejects.toThrow(
      new Error(
        `oauth2Auth: the token endpoint ${server.tokenUrl} cannot be reached ` +
          "(TypeError, caused by Error ECONNREFUSED); is it running, and is tokenUrl right?",
      ),
    );
    await startTokenServer(Number(new URL(server.tokenUrl).port));
    expect(await plugin.authorize(request)).toEqual({ authorization: "Bearer token-1" });
  });

  it("a certificate that is not trusted", async () => {
    const cause = Object.assign(new Error("self-signed"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    const fetch = (): Promise<Response> => Promise.reject(new TypeError("fetch failed", { cause }));
    const plugin = oauth2Auth({ ...client, tokenUrl: "https://auth.example.com/token", fetch });
    await expect(async () => plugin.authorize(request)).rejects.toThrow(
      "oauth2Auth: the token endpoint https://auth.example.com/token cannot be reached (TypeError, caused by Error " +
        "DEPTH_ZERO_SELF_SIGNED_CERT); its certificate is not one that this process trusts: mend it, name your " +
        "authority's file in the environment variable NODE_EXTRA_CA_CERTS, or give a fetch that knows it",
    );
  });

  it("a server that does not answer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const asked = Promise.withResolvers<void>();
    // Does not even heed its signal.
    const fetch = (): Promise<Response> => {
      asked.resolve();
      return new Promise(() => undefined);
    };
    const plugin = oauth2Auth({ ...client, tokenUrl: "https://auth.example.com/token", fetch });
    const failure = Promise.resolve(plugin.authorize(request)).catch((error: unknown) => error);
    await asked.promise;
    vi.advanceTimersByTime(8000);
    vi.useRealTimers();
    expect(await failure).toEqual(
      new Error(
        "oauth2Auth: the token endpoint https://auth.example.com/token did not answer within 8 s; " +
          "is it running, and is tokenUrl right?",
      ),
    );
  });
});
