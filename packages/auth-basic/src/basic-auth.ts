import {
  checkOneOf,
  checkOptionKeys,
  checkText,
  createRotatingAuth,
  createSecretFile,
  encodeBase64,
  type AuthPlugin,
} from "@otel-remote-write/auth";

/** The options of {@link basicAuth}: a user name, and either `password` or `passwordFile`. */
export interface BasicAuthOptions {
  /** Not empty, without `:` and control characters (RFC 7617, section 2). Sent as UTF-8. */
  readonly username: string;
  /** Not empty, without control characters. Taken as it is, white space included. Sent as UTF-8. */
  readonly password?: string | undefined;
  /**
   * The path of a file that holds the password: UTF-8, at most 64 KiB; white space around the password, such as the
   * last line break, does not count. Looked at for every attempt, so that a new password needs no restart. Node only.
   */
  readonly passwordFile?: string | undefined;
}

const owner = "basicAuth";
const knownKeys = ["username", "password", "passwordFile"] as const satisfies (keyof BasicAuthOptions)[];

/**
 * Basic authentication (RFC 7617): user name and password in every request. Use it over `https:` only.
 *
 * @throws TypeError for an unknown option, no user name, no password, two passwords, or one that cannot be sent; no
 * message holds a user name or password
 */
export function basicAuth(options: BasicAuthOptions): AuthPlugin {
  checkOptionKeys(options, knownKeys, owner);
  const username = checkText(options.username, "username", owner);
  if (username.includes(":")) {
    throw new TypeError(`${owner}: username contains ":", where the password would begin; take it out`);
  }
  if (checkOneOf(options, ["password", "passwordFile"], owner) === "password") {
    const header = createHeader(username, checkText(options.password, "password", owner));
    return { name: "basic", authorize: () => ({ authorization: header }) };
  }
  const file = createSecretFile({
    path: options.passwordFile,
    name: "passwordFile",
    owner,
    instead: "password",
  });
  return createRotatingAuth("basic", async () => createHeader(username, await file.read()));
}

function createHeader(username: string, password: string): string {
  return `Basic ${encodeBase64(`${username}:${password}`)}`;
}
