import type { AuthPlugin } from "@otel-remote-write/auth";
import { oauth2Auth } from "@otel-remote-write/auth-oauth2";
import { createFetch } from "@otel-remote-write/transport/fetch";
import { readProxy } from "../entry/read-proxy.js";
import { readTls } from "../entry/read-tls.js";
import type { Section } from "../source/section.js";
import { onlyOne } from "./only-one.js";
import { orFail } from "./or-fail.js";

/** Reads `oauth2`. */
export function readOAuth2(section: Section | undefined): AuthPlugin | undefined {
  if (section === undefined) return undefined;
  const clientId = section.text("client_id");
  const tokenUrl = section.text("token_url");
  if (!section.has("client_id")) section.fail("client_id", "is missing; give the client's identifier");
  if (!section.has("token_url")) section.fail("token_url", "is missing; give the URL of the token endpoint");
  const secretKey = onlyOne(section, "client_secret", "client_secret_file");
  const secret =
    secretKey === "client_secret" ? section.text(secretKey) : secretKey && section.file(secretKey);
  const fetch = readFetch(section, tokenUrl);
  if (clientId === undefined || tokenUrl === undefined || secret === undefined) return undefined;
  const {
    scope,
    audience = section.text("audience"),
    ...endpointParams
  } = section.textMap("endpoint_params") ?? {};
  const scopes = [...(section.texts("scopes") ?? []), ...(scope?.split(" ") ?? [])].filter(
    (each) => each !== "",
  );
  if (/^http:/i.test(tokenUrl) && !isLoopback(tokenUrl)) {
    section.warn(
      "token_url",
      "begins with http:, so that the client's secret goes over the network unencrypted",
    );
  }
  return orFail(section, "client_id", () =>
    oauth2Auth({
      clientId,
      ...(secretKey === "client_secret" ? { clientSecret: secret } : { clientSecretFile: secret }),
      tokenUrl,
      scopes,
      audience,
      endpointParams,
      fetch,
      // As Prometheus does it.
      allowInsecureRequests: true,
    }),
  );
}

/** Undefined where the connection to the token endpoint is like any other. */
function readFetch(section: Section, tokenUrl: string | undefined): typeof globalThis.fetch | undefined {
  const tls = readTls(section.section("tls_config"));
  const proxy = readProxy(section);
  const url = URL.parse(tokenUrl ?? "");
  if (url === null || (tls === undefined && Object.keys(proxy).length === 0)) return undefined;
  const ofTls = tls !== undefined && url.protocol === "https:" ? { tls } : {};
  return orFail(section, tls === undefined ? "token_url" : "tls_config", () =>
    createFetch(url, { ...ofTls, ...proxy }),
  );
}

function isLoopback(url: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(URL.parse(url)?.hostname ?? "");
}
