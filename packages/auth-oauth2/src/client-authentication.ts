import { encodeBase64 } from "@otel-remote-write/auth";
import { ClientSecretPost, type ClientAuth } from "oauth4webapi";

/** How the client proves who it is, in the terms of RFC 7591, section 2. */
export type ClientAuthentication = "client_secret_basic" | "client_secret_post";

/** Servers must know the first one, and may know the other (RFC 6749, section 2.3.1). */
export const clientAuthentications: readonly ClientAuthentication[] = [
  "client_secret_basic",
  "client_secret_post",
];

export function createClientAuth(method: ClientAuthentication, secret: string): ClientAuth {
  if (method === "client_secret_post") return ClientSecretPost(secret);
  return (_server, client, _body, headers) => {
    headers.set("authorization", createBasicHeader(client.client_id, secret));
  };
}

/** What of a token request is secret, in the forms in which a server could repeat it. */
export function secretsOfRequest(clientId: string, secret: string): string[] {
  const basic = createBasicHeader(clientId, secret);
  return [secret, encodeForm(secret), encodeURIComponent(secret), basic, basic.slice("Basic ".length)];
}

function createBasicHeader(clientId: string, secret: string): string {
  return `Basic ${encodeBase64(`${encodeForm(clientId)}:${encodeForm(secret)}`)}`;
}

/**
 * Encodes for a form, as RFC 6749, section 2.3.1, wants it within the header, too; and no character more than need be,
 * since there are servers that do not decode it. oauth4webapi encodes even `-` and `_`.
 */
function encodeForm(text: string): string {
  return encodeURIComponent(text).replaceAll("%20", "+");
}
