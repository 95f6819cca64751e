import {
  checkOneOf,
  checkOptionKeys,
  checkText,
  createRotatingAuth,
  createSecretFile,
  encodeBase64,
  type AuthPlugin,
} from "@otel-remote-write/auth";

/** The options of {@link basicAuth}: a user name and a password, each of them as it is or in a file. */
export interface BasicAuthOptions {
  /** Not empty, without `:` and control characters (RFC 7617, section 2). Sent as UTF-8. */
  readonly username?: string | undefined;
  /** The path of a file that holds the user name, as `passwordFile` holds the password. Node only. */
  readonly usernameFile?: string | undefined;
  /** Not empty, without control characters. Taken as it is, white space included. Sent as UTF-8. */
  readonly password?: string | undefined;
  /**
   * The path of a file that holds the password: UTF-8, at most 64 KiB; white space around the password, such as the
   * last line break, does not count. Looked at for every attempt, so that a new password needs no restart. Node only.
   */
  readonly passwordFile?: string | undefined;
}

const owner = "basicAuth";
const knownKeys = [
  "username",
  "usernameFile",
  "password",
  "passwordFile",
] as const satisfies (keyof BasicAuthOptions)[];

/**
 * Basic authentication (RFC 7617): user name and password in every request. Use it over `https:` only.
 *
 * @throws TypeError for an unknown option, no user name, no password, two passwords, or one that cannot be sent; no
 * message holds a user name or password
 */
export function basicAuth(options: BasicAuthOptions): AuthPlugin {
  checkOptionKeys(options, knownKeys, owner);
  const username = createSource(options, "username", "usernameFile", (text, label) => {
    if (!text.includes(":")) return text;
    throw new TypeError(`${owner}: ${label} contains ":", where the password would begin; take it out`);
  });
  const password = createSource(options, "password", "passwordFile", (text) => text);
  if (typeof username === "string" && typeof password === "string") {
    const header = createHeader(username, password);
    return { name: "basic", authorize: () => ({ authorization: header }) };
  }
  return createRotatingAuth("basic", async () => createHeader(await read(username), await read(password)));
}

/** A text that does not change, or one in a file. */
type Source = string | (() => Promise<string>);

function createSource(
  options: BasicAuthOptions,
  key: "username" | "password",
  fileKey: "usernameFile" | "passwordFile",
  check: (text: string, label: string) => string,
): Source {
  if (checkOneOf(options, [key, fileKey], owner) === key) {
    return check(checkText(options[key], key, owner), key);
  }
  const file = createSecretFile({ path: options[fileKey], name: fileKey, owner, instead: key });
  return async () => check(await file.read(), file.label);
}

async function read(source: Source): Promise<string> {
  return typeof source === "string" ? source : source();
}

function createHeader(username: string, password: string): string {
  return `Basic ${encodeBase64(`${username}:${password}`)}`;
}
