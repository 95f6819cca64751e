import { describeKind } from "@otel-remote-write/auth";

const example = "http://localhost:9090/api/v1/write";

/**
 * Reads the option `url`. It is used as given, query included (W1.2, H12).
 *
 * @throws {TypeError} Where it is missing, relative, of another scheme than http or https, or carries credentials. The
 * message never repeats the value, which may hold a secret.
 */
export function parseEndpointUrl(value: unknown): URL {
  if (value === undefined || value === null || value === "") {
    throw new TypeError(`\`url\` is missing: give the remote-write endpoint, for example ${example}`);
  }
  if (typeof value !== "string" && !(value instanceof URL)) {
    throw new TypeError(
      `\`url\` must be a string or a URL, for example ${example}, but is ${describeKind(value)}`,
    );
  }
  const url = URL.parse(value);
  if (url === null) {
    throw new TypeError(`\`url\` must be an absolute URL with scheme and host, for example ${example}`);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new TypeError(`\`url\` must begin with http:// or https://, for example ${example}`);
  }
  if (url.port === "0") {
    throw new TypeError(
      `\`url\` must not have the port 0, on which nothing listens; a good one is ${example}`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError(
      "`url` must not carry a user name or password: leave them out and give " +
        "`auth: basicAuth({ username, password })` of @otel-remote-write/auth-basic",
    );
  }
  return url;
}
