// After `changeset version`: the transport tells receivers its version, which must be the new one.
import { readFileSync, writeFileSync } from "node:fs";

const file = "packages/transport/src/version.ts";
const { version } = JSON.parse(readFileSync("packages/transport/package.json", "utf8"));
const text = readFileSync(file, "utf8");
const updated = text.replace(/(version = )"[^"]*"/, `$1"${version}"`);
if (!updated.includes(`"${version}"`)) throw new Error(`${file} has no version to replace`);
writeFileSync(file, updated);
