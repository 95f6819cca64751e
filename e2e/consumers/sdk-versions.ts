import { readFileSync } from "node:fs";

/** What a consumer installs beside our packages, in exact versions. */
export type SdkVersions = Readonly<Record<string, string>>;

/** The oldest SDK that our peer ranges allow, with the API that goes with it, and the one of this repository. */
export const sdkVersions: Readonly<Record<"2.x" | "3.x", SdkVersions>> = {
  "2.x": {
    "@opentelemetry/api": "1.9.0",
    "@opentelemetry/resources": "2.7.0",
    "@opentelemetry/sdk-metrics": "2.7.0",
    "@types/node": installed("@types/node"),
  },
  "3.x": {
    "@opentelemetry/api": installed("@opentelemetry/api"),
    "@opentelemetry/resources": installed("@opentelemetry/resources"),
    "@opentelemetry/sdk-metrics": installed("@opentelemetry/sdk-metrics"),
    "@types/node": installed("@types/node"),
  },
};

function installed(name: string): string {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
