import { createRenewedValue, describeFailure, type RenewedValue } from "@otel-remote-write/auth";
import { checkCredentials, type AwsCredentials, type AwsCredentialsProvider } from "./credentials.js";

/** The AWS SDK, too, renews credentials five minutes before they end. */
const marginMillis = 300_000;

/** What the SDK's providers understand; it gives their type without it. */
type MemoizedProvider = (options: { readonly forceRefresh: boolean }) => ReturnType<AwsCredentialsProvider>;

/** Less than an attempt may take by default, so that the message names the provider. */
const timeoutMillis = 8000;

/**
 * Credentials of a provider. Those with an `expiration` are kept, as the AWS SDK does it: its providers fetch them over
 * the network. Those without one may change at any time, so they are asked for again each time.
 *
 * @param now milliseconds since 1970
 */
export function createCredentialsSource(
  provider: AwsCredentialsProvider,
  now: () => number,
  owner: string,
): RenewedValue<AwsCredentials> {
  return createRenewedValue({
    now,
    timeoutMillis,
    createTimeoutError: () =>
      new Error(
        `${owner}: the credentials provider gave none within ${timeoutMillis / 1000} s; ` +
          "can it reach what it asks (the metadata service, STS, SSO)?",
      ),
    async fetch(_signal, refused) {
      const given = await call(provider, refused, owner);
      const value = checkCredentials(given, "the result of credentials()", owner);
      const expiresAtMillis = value.expiration?.getTime() ?? -Infinity;
      return { value, renewAtMillis: expiresAtMillis - marginMillis, expiresAtMillis };
    },
  });
}

async function call(provider: AwsCredentialsProvider, refused: boolean, owner: string): Promise<unknown> {
  try {
    // The SDK's providers keep what they have themselves.
    return await (refused ? (provider as MemoizedProvider)({ forceRefresh: true }) : provider());
  } catch (error) {
    // oxlint-disable-next-line preserve-caught-error -- what is caught may hold a secret
    throw new Error(
      `${owner}: the credentials provider failed (${describeFailure(error)}); check the environment, profile or role ` +
        "that it reads. Its message is left out, as it may hold a secret: log it inside the provider",
    );
  }
}
