import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { AwsCredentials, AwsCredentialsProvider } from "@otel-remote-write/auth-sigv4";
import { type Environment, lookUp } from "../environment/environment.js";

/** What a `sigv4` section says of credentials. */
export interface AwsCredentialsChoice {
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly profile: string | undefined;
  readonly roleArn: string | undefined;
  readonly externalId: string | undefined;
  readonly sessionName: string | undefined;
  readonly region: string;
}

/** What is used of the AWS SDK's package. */
interface AwsSdk {
  fromNodeProviderChain(options: { profile?: string; clientConfig?: object }): AwsCredentialsProvider;
  fromTemporaryCredentials(options: {
    params: { RoleArn: string; RoleSessionName?: string; ExternalId?: string };
    masterCredentials: AwsCredentials | AwsCredentialsProvider;
    clientConfig?: object;
  }): AwsCredentialsProvider;
}

const sdkName = "@aws-sdk/credential-providers";

/**
 * Credentials as the section says. Keys, and those of the environment, need nothing; a profile, a role, and the metadata
 * services of AWS need the AWS SDK, which the user brings.
 *
 * @throws {Error} Where the SDK is needed and cannot be found
 */
export function createAwsCredentials(
  { keys, profile, roleArn, externalId, sessionName, region }: AwsCredentialsChoice,
  env: Environment,
): AwsCredentials | AwsCredentialsProvider {
  const own = keys ?? (profile === undefined ? keysOfEnvironment(env) : undefined);
  if (own !== undefined && roleArn === undefined) return own;
  const sdkPath = findSdk();
  let provider: Promise<AwsCredentialsProvider> | undefined;
  return async () => {
    provider ??= import(sdkPath).then((sdk: AwsSdk) => {
      const clientConfig = { region };
      const master =
        own ?? sdk.fromNodeProviderChain({ ...(profile !== undefined && { profile }), clientConfig });
      if (roleArn === undefined) return master as AwsCredentialsProvider;
      return sdk.fromTemporaryCredentials({
        params: {
          RoleArn: roleArn,
          ...(sessionName !== undefined && { RoleSessionName: sessionName }),
          ...(externalId !== undefined && { ExternalId: externalId }),
        },
        masterCredentials: master,
        clientConfig,
      });
    });
    return (await provider)();
  };
}

function keysOfEnvironment(env: Environment): AwsCredentials | undefined {
  const accessKeyId = lookUp(env, "AWS_ACCESS_KEY_ID");
  const secretAccessKey = lookUp(env, "AWS_SECRET_ACCESS_KEY");
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken: lookUp(env, "AWS_SESSION_TOKEN") };
}

/** Looked for from the application, too, whose dependency it is. */
function findSdk(): string {
  const from = [import.meta.url, pathToFileURL(`${process.cwd()}/`).href];
  for (const each of from) {
    try {
      return pathToFileURL(createRequire(each).resolve(sdkName)).href;
    } catch {
      // The next one.
    }
  }
  throw new Error(
    `these credentials need the AWS SDK; install ${sdkName}, or give access_key and secret_key, or the environment ` +
      "variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  );
}
