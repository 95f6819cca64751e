// Against a real authorization server.
import { describe, expect, it } from "vitest";
import { oauth2Auth } from "./oauth2-auth.js";
import { createAuthRequest } from "./testing/auth-request.js";
import { clientSecret, resource, startOidcServer } from "./testing/oidc-server.js";

const request = createAuthRequest();

describe("with oidc-provider", () => {
  it.each(["client_secret_basic", "client_secret_post"])(
    "gets a token for a client of %s",
    async (clientId) => {
      const server = await startOidcServer();
      const plugin = oauth2Auth({
        clientId,
        clientSecret,
        tokenUrl: server.tokenUrl,
        scopes: ["metrics:write"],
        endpointParams: { resource },
      });
      const { authorization = "" } = await plugin.authorize(request);
      expect(await server.introspect(authorization.replace(/^Bearer /, ""))).toMatchObject({
        active: true,
        aud: resource,
        client_id: clientId,
        scope: "metrics:write",
      });
      expect(await plugin.authorize(request)).toEqual({ authorization });
      expect(await plugin.onUnauthorized?.()).toBe(true);
      expect(await plugin.authorize(request)).not.toEqual({ authorization });
    },
  );

  it.each([
    [
      "a wrong secret",
      { clientSecret: "wrong" },
      "answered 401 invalid_client (client authentication failed); check clientId and clientSecret",
    ],
    ["an unknown client", { clientId: "nobody" }, "answered 401 invalid_client"],
    ["an unknown scope", { scopes: ["metrics:read"], endpointParams: { resource } }, "; check scopes"],
    [
      "a wrong resource",
      { endpointParams: { resource: "urn:other" } },
      "; check audience and endpointParams",
    ],
  ])("says what is wrong: %s", async (_case, change, message) => {
    const { tokenUrl } = await startOidcServer();
    const options = { clientId: "client_secret_basic", clientSecret, tokenUrl, ...change };
    await expect(async () => oauth2Auth(options).authorize(request)).rejects.toThrow(message);
  });
});
