import { checkHttpUrl } from "@otel-remote-write/auth";

/**
 * Reads the option `url`. It is used as given, query included (W1.2, H12).
 *
 * @param owner Who complains, first in messages.
 * @throws {TypeError} Where it is missing, relative, of another scheme than http or https, or carries credentials. The
 * message never repeats the value, which may hold a secret.
 */
export function parseEndpointUrl(value: unknown, owner: string): URL {
  const url = checkHttpUrl(value, "url", owner, "http://localhost:9090/api/v1/write");
  if (url.username === "" && url.password === "") return url;
  throw new TypeError(
    `${owner}: url has a user name or password; take them out and give ` +
      "auth: basicAuth({ username, password }) of @otel-remote-write/auth-basic",
  );
}
