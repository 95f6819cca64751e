import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Spool } from "@otel-remote-write/exporter";
import { createSpool } from "@otel-remote-write/spool";
import { expect, it, onTestFinished } from "vitest";

it("what createSpool gives is what the exporter takes", async () => {
  const directory = mkdtempSync(join(tmpdir(), "otel-remote-write-spool-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const spool: Spool = createSpool({ directory });
  expect(spool.size()).toEqual({ points: 0, bytes: 0 });
  await spool.close();
});
