import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { errors, Provider, type ClientMetadata, type JWK } from "oidc-provider";
import { onTestFinished, vi } from "vitest";

export const resource = "https://metrics.example.com";
export const clientSecret = "s3cr3t/with+special=chars & 100%_-~.";

/** An authorization server, and what it says of a token. */
export interface OidcServer {
  readonly tokenUrl: string;
  introspect(token: string): Promise<unknown>;
  isActive(token: string): Promise<boolean>;
}

/** oidc-provider, a certified OpenID Connect server, on a port of loopback; with a client for each way to prove it. */
export async function startOidcServer(port = 0): Promise<OidcServer> {
  // It says that it keeps tokens in memory only.
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [createClient("client_secret_basic"), createClient("client_secret_post")],
    clientDefaults: { grant_types: ["client_credentials"], redirect_uris: [], response_types: [] },
    jwks: { keys: [{ ...(privateKey.export({ format: "jwk" }) as JWK), use: "sig", alg: "RS256" }] },
    cookies: { keys: ["not needed"] },
    scopes: ["metrics:write", "metrics:read"],
    ttl: { ClientCredentials: 600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, indicator) => {
          if (indicator !== resource) throw new errors.InvalidTarget();
          return { scope: "metrics:write", audience: resource, accessTokenFormat: "opaque" };
        },
      },
    },
  });
  const handle = provider.callback();
  server.on("request", (request, response) => void handle(request, response));
  async function introspect(token: string): Promise<unknown> {
    const body = new URLSearchParams({ token, client_id: "client_secret_post", client_secret: clientSecret });
    const response = await fetch(`${issuer}/token/introspection`, { method: "POST", body });
    return (await response.json()) as unknown;
  }
  return {
    tokenUrl: `${issuer}/token`,
    introspect,
    isActive: async (token) => ((await introspect(token)) as { active: boolean }).active,
  };
}

function createClient(method: "client_secret_basic" | "client_secret_post"): ClientMetadata {
  return {
    client_id: method,
    client_secret: clientSecret,
    token_endpoint_auth_method: method,
    scope: "metrics:write",
  };
}
