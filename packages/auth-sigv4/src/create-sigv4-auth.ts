import { findSha256Fault } from "#sha256";
import { checkOptionKeys, checkText, type AuthPlugin } from "@otel-remote-write/auth";
import { createCredentialsSource } from "./credentials-source.js";
import { checkStaticCredentials, type AwsCredentials } from "./credentials.js";
import { signRequest } from "./sign-request.js";
import type { SigV4AuthOptions } from "./sigv4-auth.js";

const owner = "sigV4Auth";
const knownKeys = ["region", "service", "credentials"] as const satisfies (keyof SigV4AuthOptions)[];

/**
 * {@link sigV4Auth} with a clock.
 *
 * @param now milliseconds since 1970
 */
export function createSigV4Auth(options: SigV4AuthOptions, now: () => number): AuthPlugin {
  checkOptionKeys(options, knownKeys, owner);
  const region = checkScopePart(
    options.region,
    "region",
    "the region of the workspace, such as eu-central-1",
  );
  const service = checkScopePart(options.service ?? "aps", "service", "aps");
  const fault = findSha256Fault();
  if (fault !== undefined) throw new Error(`${owner}: ${fault}`);

  function createPlugin(getCredentials: (signal: AbortSignal) => Promise<AwsCredentials>): AuthPlugin {
    return {
      name: "sigv4",
      async authorize(request) {
        const credentials = await getCredentials(request.signal);
        return signRequest(request, { region, service, credentials, date: new Date(now()) });
      },
    };
  }

  const { credentials: given } = options;
  if (typeof given !== "function") {
    if (given === undefined || given === null) {
      throw new TypeError(
        `${owner}: credentials is missing; give { accessKeyId, secretAccessKey } or a provider of the AWS SDK`,
      );
    }
    if (given instanceof Promise) {
      throw new TypeError(
        `${owner}: credentials must be the provider itself, got a promise of what it gives`,
      );
    }
    const credentials = checkStaticCredentials(given, owner);
    return createPlugin(async () => checkNotExpired(credentials, now));
  }

  const source = createCredentialsSource(given, now, owner);
  let latest: Readonly<Record<string, string>> | undefined;
  const plugin = createPlugin((signal) => source.get(signal));
  return {
    name: plugin.name,
    async authorize(request) {
      latest = await plugin.authorize(request);
      return latest;
    },
    async onUnauthorized(refused) {
      const headers = refused?.headers ?? latest;
      if (headers === undefined) return false;
      source.discard((credentials) => areOf(headers, credentials));
      return source.get(refused?.signal ?? new AbortController().signal).then(
        (credentials) => !areOf(headers, credentials),
        // There are none for the moment: the next attempt says why, and is retried.
        () => true,
      );
    },
    // AWS says 403, not 401, to keys that are expired, revoked or unknown.
    onForbidden({ headers }) {
      source.discardDoubtful((credentials) => areOf(headers, credentials));
    },
  };
}

function checkScopePart(value: unknown, name: string, example: string): string {
  if (value === undefined) throw new TypeError(`${owner}: ${name} is missing; give ${example}`);
  const text = checkText(value, name, owner);
  if (!/^[\w-]+$/.test(text)) {
    throw new TypeError(
      `${owner}: ${name} contains something else than letters, digits and hyphens; give ${example}`,
    );
  }
  return text;
}

function checkNotExpired(credentials: AwsCredentials, now: () => number): AwsCredentials {
  const { expiration } = credentials;
  if (expiration === undefined || now() < expiration.getTime()) return credentials;
  throw new Error(
    `${owner}: credentials ended at ${expiration.toISOString()}; give the provider itself, so that it is asked again`,
  );
}

/** Whether headers were made with these credentials. A secret key belongs to its access key id for good. */
function areOf(headers: Readonly<Record<string, string>>, credentials: AwsCredentials): boolean {
  return (
    headers["authorization"]?.includes(` Credential=${credentials.accessKeyId}/`) === true &&
    headers["x-amz-security-token"] === credentials.sessionToken
  );
}
