import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const docs = readFileSync(join(import.meta.dirname, "../../../docs/auth.md"), "utf8");

it.each(readdirSync(import.meta.dirname).filter((name) => !name.endsWith(".test.ts")))(
  "docs/auth.md shows %s as it is",
  (name) => {
    expect(docs).toContain(`\`\`\`ts no-run\n${readFileSync(join(import.meta.dirname, name), "utf8")}\`\`\``);
  },
);
