import type { AuthPlugin } from "@otel-remote-write/auth";
import { sigV4Auth } from "@otel-remote-write/auth-sigv4";
import type { Environment } from "../environment/environment.js";
import { lookUp } from "../environment/environment.js";
import type { Section } from "../source/section.js";
import { createAwsCredentials } from "./aws-credentials.js";
import { orFail } from "./or-fail.js";

/**
 * Reads `sigv4`. Without `region` it is that of the environment, or of an address such as
 * `aps-workspaces.eu-central-1.amazonaws.com`; without keys credentials come from where the AWS SDK finds them.
 */
export function readSigV4(
  section: Section | undefined,
  url: string | undefined,
  env: Environment,
): AuthPlugin | undefined {
  if (section === undefined) return undefined;
  const accessKeyId = section.text("access_key");
  const secretAccessKey = section.text("secret_key");
  if (section.has("access_key") !== section.has("secret_key")) {
    const [given, missing] = section.has("access_key")
      ? ["access_key", "secret_key"]
      : ["secret_key", "access_key"];
    section.fail(given, `is given without ${missing}; give both, or none for those of the environment`);
    return undefined;
  }
  const region = section.text("region") ?? regionOf(url, env);
  if (region === undefined) {
    section.fail("region", "is missing; give the region of the workspace, such as eu-central-1");
    return undefined;
  }
  for (const key of ["external_id", "session_name"]) {
    if (section.has(key) && !section.has("role_arn")) section.fail(key, "is of no use without role_arn");
  }
  const asking = ["role_arn", "profile"].find((key) => section.has(key));
  return orFail(section, asking ?? "region", () =>
    sigV4Auth({
      region,
      service: section.text("service_name"),
      credentials: createAwsCredentials(
        {
          keys:
            accessKeyId === undefined || secretAccessKey === undefined
              ? undefined
              : { accessKeyId, secretAccessKey },
          profile: section.text("profile"),
          roleArn: section.text("role_arn"),
          externalId: section.text("external_id"),
          sessionName: section.text("session_name"),
          region,
        },
        env,
      ),
    }),
  );
}

function regionOf(url: string | undefined, env: Environment): string | undefined {
  const ofEnvironment = lookUp(env, "AWS_REGION") ?? lookUp(env, "AWS_DEFAULT_REGION");
  const host = URL.parse(url ?? "")?.hostname ?? "";
  return ofEnvironment ?? /^aps-workspaces(?:-fips)?\.([a-z0-9-]+)\./.exec(host)?.[1];
}
