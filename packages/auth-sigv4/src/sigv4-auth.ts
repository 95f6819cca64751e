import type { AuthPlugin } from "@otel-remote-write/auth";
import { createSigV4Auth } from "./create-sigv4-auth.js";
import type { AwsCredentials, AwsCredentialsProvider } from "./credentials.js";

/** The options of {@link sigV4Auth}. */
export interface SigV4AuthOptions {
  /** The region of the service: `eu-central-1`. */
  readonly region: string;
  /** The service's name in signatures. Default: `aps`, Amazon Managed Service for Prometheus. */
  readonly service?: string | undefined;
  /**
   * Credentials, or a provider of them such as `fromNodeProviderChain()` of `@aws-sdk/credential-providers`; a role is
   * taken on by the provider `fromTemporaryCredentials()`. A provider is asked again five minutes before the credentials
   * end, and for every attempt if they have no end; and before that, with `{ forceRefresh: true }` as the SDK has it,
   * after an answer of 401 or 403 to them. For a 403 that is once in ten seconds at most, and the request that it
   * answered stays refused.
   */
  readonly credentials: AwsCredentials | AwsCredentialsProvider;
}

/**
 * Signs every request by AWS Signature Version 4, the compressed body included. Each attempt has a signature of its own,
 * and one time.
 *
 * @throws TypeError for an unknown option, or one that is missing or of the wrong kind; no message holds a key
 * @throws Error where there is nothing to compute SHA-256 with, as in a page that did not come over `https:`
 */
export function sigV4Auth(options: SigV4AuthOptions): AuthPlugin {
  return createSigV4Auth(options, Date.now);
}
