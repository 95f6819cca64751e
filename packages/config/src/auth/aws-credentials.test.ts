import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { authHeaders, createFolder, load, onlyPipeline } from "../testing.test-support.js";

/** An application's folder, in which a package says what it is asked for, in the key's id. */
function installSdk(): void {
  const folder = createFolder();
  const sdk = join(folder, "node_modules/@aws-sdk/credential-providers");
  mkdirSync(sdk, { recursive: true });
  writeFileSync(join(sdk, "package.json"), JSON.stringify({ main: "index.js", type: "commonjs" }));
  writeFileSync(
    join(sdk, "index.js"),
    `
const make = (id) => async () => ({ accessKeyId: id, secretAccessKey: "s" });
exports.fromNodeProviderChain = ({ profile = "none" }) => make("CHAIN-" + profile);
exports.fromTemporaryCredentials = ({ params, masterCredentials }) => async () => {
  const master = typeof masterCredentials === "function" ? await masterCredentials() : masterCredentials;
  return { accessKeyId: [params.RoleArn, params.ExternalId, master.accessKeyId].join("-"), secretAccessKey: "s" };
};
`,
  );
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(folder);
  onTestFinished(() => cwd.mockRestore());
}

it.each([
  ["{ region: r }", "CHAIN-none"],
  ["{ region: r, profile: p }", "CHAIN-p"],
  ["{ region: r, role_arn: role, external_id: e }", "role-e-CHAIN-none"],
  ["{ region: r, role_arn: role, external_id: e, access_key: a, secret_key: b }", "role-e-a"],
])("takes credentials from the AWS SDK that the application has: %s", async (section, id) => {
  installSdk();
  const pipeline = onlyPipeline(load(`url: https://example.com/\nsigv4: ${section}`));
  const { authorization } = await authHeaders(pipeline);
  expect(authorization).toContain(`Credential=${id}/`);
});
