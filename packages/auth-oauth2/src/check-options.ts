import {
  checkBoolean,
  checkOneOf,
  checkOptionKeys,
  checkText,
  createSecretFile,
  wrongOption,
} from "@otel-remote-write/auth";
import { findEnvironmentProxy, type EnvironmentProxy } from "@otel-remote-write/transport";
import { clientAuthentications, type ClientAuthentication } from "./client-authentication.js";
import type { OAuth2AuthOptions } from "./oauth2-auth.js";
import { createTokenParameters } from "./token-parameters.js";
import { parseTokenUrl, type TokenUrl } from "./token-url.js";

/** What the options say, checked. */
export interface CheckedOptions {
  readonly clientId: string;
  /** What the secret comes from, for messages: `clientSecret`, `clientSecretFile "/run/secrets/client"`. */
  readonly secretLabel: string;
  readonly readSecret: () => Promise<string>;
  readonly tokenUrl: TokenUrl;
  readonly parameters: Readonly<Record<string, string>>;
  readonly clientAuthentication: ClientAuthentication | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
  /** The environment's proxy, where there is one for the token endpoint, and no own `fetch`. */
  readonly proxy: EnvironmentProxy | undefined;
}

const owner = "oauth2Auth";
const knownKeys = [
  "clientId",
  "clientSecret",
  "clientSecretFile",
  "tokenUrl",
  "scopes",
  "audience",
  "endpointParams",
  "clientAuthentication",
  "fetch",
  "allowInsecureRequests",
] as const satisfies (keyof OAuth2AuthOptions)[];

/** @throws TypeError that names the option and the fix */
export function checkOptions(options: OAuth2AuthOptions): CheckedOptions {
  checkOptionKeys(options, knownKeys, owner);
  const { clientAuthentication, fetch, allowInsecureRequests } = options;
  if (clientAuthentication !== undefined && !clientAuthentications.includes(clientAuthentication)) {
    throw wrongOption(
      clientAuthentication,
      "clientAuthentication",
      owner,
      clientAuthentications.join(" or "),
    );
  }
  if (fetch !== undefined && typeof fetch !== "function") {
    throw wrongOption(fetch, "fetch", owner, "a function such as the global fetch");
  }
  if (allowInsecureRequests !== undefined)
    checkBoolean(allowInsecureRequests, "allowInsecureRequests", owner);
  const tokenUrl = parseTokenUrl(options.tokenUrl, allowInsecureRequests === true);
  return {
    clientId: checkText(options.clientId, "clientId", owner),
    ...checkSecret(options),
    tokenUrl,
    parameters: createTokenParameters(options),
    clientAuthentication,
    fetch,
    proxy: fetch === undefined ? findProxy(tokenUrl) : undefined,
  };
}

function findProxy({ href }: TokenUrl): EnvironmentProxy | undefined {
  return findEnvironmentProxy(new URL(href), owner, "a fetch of your own goes without it");
}

function checkSecret(options: OAuth2AuthOptions): Pick<CheckedOptions, "secretLabel" | "readSecret"> {
  if (checkOneOf(options, ["clientSecret", "clientSecretFile"], owner) === "clientSecret") {
    const secret = checkText(options.clientSecret, "clientSecret", owner);
    return { secretLabel: "clientSecret", readSecret: async () => secret };
  }
  const file = createSecretFile({
    path: options.clientSecretFile,
    name: "clientSecretFile",
    owner,
    instead: "clientSecret",
  });
  return { secretLabel: file.label, readSecret: () => file.read() };
}
