import {
  checkOneOf,
  checkOptionKeys,
  checkText,
  createBearerHeader,
  createRotatingAuth,
  createSecretFile,
  describeFailure,
  wrongOption,
  type AuthPlugin,
} from "@otel-remote-write/auth";

/** What a {@link GetToken} callback is given. */
export interface GetTokenContext {
  /** Aborted when the attempt is given up; pass it on to what fetches the token. */
  readonly signal: AbortSignal;
}

/**
 * Gives the present token, without `Bearer` before it. It is asked for every attempt, by parallel requests at the same
 * time, and once more after a 401; so it should keep its token and renew it in time, as the SDKs of Azure and Google
 * do.
 */
export type GetToken = (context: GetTokenContext) => string | Promise<string>;

/** The options of {@link bearerAuth}: exactly one of them. */
export interface BearerAuthOptions {
  /** The token itself. White space around it does not count. */
  readonly token?: string | undefined;
  /**
   * The path of a file that holds the token: UTF-8, at most 64 KiB; white space around the token, such as the last line
   * break, does not count. Looked at for every attempt, so that a new token needs no restart. Node only.
   */
  readonly tokenFile?: string | undefined;
  /** A callback that gives the token. */
  readonly getToken?: GetToken | undefined;
}

const owner = "bearerAuth";
const knownKeys = ["token", "tokenFile", "getToken"] as const satisfies (keyof BearerAuthOptions)[];

/**
 * A bearer token in every request (RFC 6750). Use it over `https:` only.
 *
 * When `getToken` fails, the error says so with the names and codes of what it threw, not with its message: that may
 * quote a secret of the callback's. Log it inside the callback.
 *
 * @throws TypeError for an unknown option, no token, more than one, or one that cannot be sent; no message holds a
 * token
 */
export function bearerAuth(options: BearerAuthOptions): AuthPlugin {
  checkOptionKeys(options, knownKeys, owner);
  const given = checkOneOf(options, knownKeys, owner);
  if (given === "tokenFile") return createFileAuth(options.tokenFile);
  if (given === "getToken") return createCallbackAuth(options.getToken);
  return createStaticAuth(options.token);
}

function createStaticAuth(token: string | undefined): AuthPlugin {
  const text = typeof token === "string" ? token.trim() : token;
  const header = createBearerHeader(checkText(text, "token", owner), `${owner}: token`);
  return { name: "bearer", authorize: () => ({ authorization: header }) };
}

function createFileAuth(path: string | undefined): AuthPlugin {
  const file = createSecretFile({ path, name: "tokenFile", owner, instead: "token or getToken" });
  return createRotatingAuth("bearer", async () =>
    createBearerHeader(await file.read(), `${owner}: ${file.label}`),
  );
}

function createCallbackAuth(getToken: GetToken | undefined): AuthPlugin {
  if (typeof getToken !== "function") {
    throw wrongOption(getToken, "getToken", owner, "a function");
  }
  return createRotatingAuth("bearer", async (signal) => {
    const token = await callGetToken(getToken, signal);
    const text = typeof token === "string" ? token.trim() : token;
    return createBearerHeader(
      checkText(text, "the result of getToken", owner),
      `${owner}: the result of getToken`,
    );
  });
}

async function callGetToken(getToken: GetToken, signal: AbortSignal): Promise<unknown> {
  try {
    return await getToken({ signal });
  } catch (error) {
    // oxlint-disable-next-line preserve-caught-error -- what is caught may hold a secret
    throw new Error(
      `${owner}: getToken failed (${describeFailure(error)}); its message is left out, as it may hold a secret: ` +
        "log it inside getToken",
    );
  }
}
