import type { AuthPlugin } from "@otel-remote-write/auth";
import { basicAuth } from "@otel-remote-write/auth-basic";
import { bearerAuth } from "@otel-remote-write/auth-bearer";
import type { Environment } from "../environment/environment.js";
import type { Section } from "../source/section.js";
import { orFail } from "./or-fail.js";
import { readAuthorization } from "./read-authorization.js";
import { readBasicAuth } from "./read-basic-auth.js";
import { readOAuth2 } from "./read-oauth2.js";
import { readSigV4 } from "./read-sigv4.js";

/** The keys that each give credentials, of which an entry has one. The two of a bearer token are one kind. */
export const authKeys = [
  "basic_auth",
  "authorization",
  "bearer_token",
  "bearer_token_file",
  "oauth2",
  "sigv4",
] as const;

/** Reads the credentials of an entry; those in its URL are `fromUrl`. */
export function readAuth(
  entry: Section,
  fromUrl: AuthPlugin | undefined,
  env: Environment,
): AuthPlugin | undefined {
  const [given, other] = authKeys.filter((key) => entry.has(key));
  if (given === undefined) return fromUrl;
  if (other !== undefined) {
    entry.fail(other, `is given beside ${given}; keep one of them`);
    return undefined;
  }
  if (fromUrl !== undefined) {
    entry.fail(given, "is given beside a user name in url; keep one of them");
    return undefined;
  }
  switch (given) {
    case "basic_auth":
      return readBasicAuth(entry.section("basic_auth"));
    case "authorization":
      return readAuthorization(entry.section("authorization"));
    case "bearer_token":
      return readBearerToken(entry);
    case "bearer_token_file": {
      const tokenFile = entry.file("bearer_token_file");
      return tokenFile === undefined ? undefined : bearerAuth({ tokenFile });
    }
    case "oauth2":
      return readOAuth2(entry.section("oauth2"));
    case "sigv4":
    default:
      return readSigV4(entry.section("sigv4"), entry.text("url"), env);
  }
}

function readBearerToken(entry: Section): AuthPlugin | undefined {
  const token = entry.text("bearer_token");
  if (token === undefined) return undefined;
  return orFail(entry, "bearer_token", () => bearerAuth({ token }));
}

/** Credentials that stand in a URL, as Go's HTTP client takes them. */
export function authOfUrl(entry: Section, url: URL): AuthPlugin | undefined {
  if (url.username === "" && url.password === "") return undefined;
  const [username, password] = [decode(url.username), decode(url.password)];
  if (username === undefined || password === undefined) {
    entry.fail("url", 'has a "%" in user name or password; write it %25');
    return undefined;
  }
  return orFail(entry, "url", () => basicAuth({ username, password }));
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
