import { checkText, wrongOption } from "@otel-remote-write/auth";
import type { OAuth2AuthOptions } from "./oauth2-auth.js";

const owner = "oauth2Auth";

/** Parameters that others set, and what to use in place of them. */
const reserved: ReadonlyMap<string, string> = new Map([
  ["grant_type", "it is client_credentials"],
  ["client_id", "use clientId"],
  ["client_secret", "use clientSecret"],
  ["client_assertion", "use clientSecret"],
  ["client_assertion_type", "use clientSecret"],
  ["scope", "use scopes"],
  ["audience", "use audience"],
]);

/**
 * The parameters of the token request besides those that identify the client.
 *
 * @throws TypeError for scopes, audience or endpointParams of the wrong kind, or a parameter that is reserved
 */
export function createTokenParameters(options: OAuth2AuthOptions): Record<string, string> {
  const parameters = checkEndpointParams(options.endpointParams);
  const scope = checkScopes(options.scopes).join(" ");
  if (scope !== "") parameters["scope"] = scope;
  if (options.audience !== undefined) {
    parameters["audience"] = checkText(options.audience, "audience", owner);
  }
  return parameters;
}

function checkScopes(scopes: unknown): string[] {
  if (scopes === undefined) return [];
  if (!Array.isArray(scopes)) {
    throw wrongOption(scopes, "scopes", owner, 'an array such as ["metrics:write"]');
  }
  return scopes.map((scope: unknown, index) => {
    const name = `scopes[${index}]`;
    const text = checkText(scope, name, owner);
    // RFC 6749, section 3.3: spaces separate scopes.
    if (/[^!#-[\]-~]/.test(text)) {
      throw new TypeError(
        `${owner}: ${name} contains a character that no scope may have; give each scope by itself`,
      );
    }
    return text;
  });
}

function checkEndpointParams(params: unknown): Record<string, string> {
  if (params === undefined) return {};
  // Object.entries would miss the entries of a Map or of URLSearchParams in silence.
  if (typeof params !== "object" || params === null || Symbol.iterator in params) {
    throw wrongOption(params, "endpointParams", owner, 'a plain object such as { resource: "…" }');
  }
  const checked: [string, string][] = [];
  for (const [key, value] of Object.entries(params as Record<string, unknown>)) {
    const instead = reserved.get(key);
    if (instead !== undefined) {
      throw new TypeError(`${owner}: endpointParams.${key} must be left out; ${instead}`);
    }
    if (typeof value !== "string") {
      throw wrongOption(value, `endpointParams.${key}`, owner, "a string");
    }
    checked.push([key, value]);
  }
  return Object.fromEntries(checked);
}
