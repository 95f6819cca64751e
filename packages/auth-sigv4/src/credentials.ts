import { checkOptionKeys, checkText, wrongOption } from "@otel-remote-write/auth";

/** Credentials as the AWS SDK gives them (`AwsCredentialIdentity`). */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Only temporary credentials have one. */
  readonly sessionToken?: string | undefined;
  /** When temporary credentials end. Default: never. */
  readonly expiration?: Date | undefined;
}

/** Gives credentials, as the providers of the AWS SDK do (`AwsCredentialIdentityProvider`). */
export type AwsCredentialsProvider = () => AwsCredentials | Promise<AwsCredentials>;

const knownKeys: readonly string[] = [
  "accessKeyId",
  "secretAccessKey",
  "sessionToken",
  "expiration",
  // These the SDK gives as well, and they don't matter here.
  "accountId",
  "credentialScope",
  "$source",
];

/**
 * Checks credentials that were given as they are.
 *
 * @throws TypeError `sigV4Auth: credentials.secretAccessKey is missing; give a non-empty string`; no message holds a
 * value
 */
export function checkStaticCredentials(value: unknown, owner: string): AwsCredentials {
  checkOptionKeys(value, knownKeys, owner, "credentials");
  return checkCredentials(value, "credentials", owner);
}

/**
 * Checks credentials, and leaves out what does not matter. White space around them does not count.
 *
 * @param subject what they are, for messages: `credentials`, `the result of credentials()`
 * @throws TypeError that names the member and its kind
 */
export function checkCredentials(value: unknown, subject: string, owner: string): AwsCredentials {
  if (typeof value !== "object" || value === null) {
    throw wrongOption(value, subject, owner, "an object");
  }
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = value as Record<string, unknown>;
  if (expiration !== undefined && !(expiration instanceof Date && !Number.isNaN(expiration.getTime()))) {
    throw wrongOption(expiration, `${subject}.expiration`, owner, "a valid Date");
  }
  return {
    accessKeyId: checkPart(accessKeyId, `${subject}.accessKeyId`, owner),
    secretAccessKey: checkPart(secretAccessKey, `${subject}.secretAccessKey`, owner),
    sessionToken:
      sessionToken === undefined ? undefined : checkPart(sessionToken, `${subject}.sessionToken`, owner),
    expiration,
  };
}

function checkPart(value: unknown, name: string, owner: string): string {
  const text = checkText(typeof value === "string" ? value.trim() : value, name, owner);
  if (/[^!-~]/.test(text)) {
    throw new TypeError(`${owner}: ${name} contains a space or a character beyond ASCII; take it out`);
  }
  return text;
}
