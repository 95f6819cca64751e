/** What stands in place of what is hidden. */
const hidden = "***";

/** Names of headers whose values are, or are likely to be, secrets. */
const secretName = /auth|cookie|credential|key|password|secret|signature|token/i;

/**
 * A URL as it may be shown: user name, password and the values of query parameters are hidden, the fragment is left
 * out. `https://u:p@host/write?key=1` gives `https://***@host/write?key=***`. What is no `http:` or `https:` URL gives
 * `(not an HTTP URL)`: nobody knows which part of it is the secret.
 */
export function redactUrl(url: string | URL): string {
  if (!URL.canParse(url) || !/^https?:/i.test(String(url).trim())) return "(not an HTTP URL)";
  const { protocol, username, password, host, pathname, searchParams } = new URL(url);
  const userinfo = username === "" && password === "" ? "" : `${hidden}@`;
  const query = Array.from(searchParams.keys(), (name) => `${encodeURIComponent(name)}=${hidden}`).join("&");
  return `${protocol}//${userinfo}${host}${pathname}${query === "" ? "" : `?${query}`}`;
}

/**
 * Headers as they may be shown: the values of those that carry credentials by their name (`authorization`, `cookie`,
 * `x-api-key`, `x-amz-security-token`, …) are hidden.
 */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretName.test(name) ? hidden : value]),
  );
}
