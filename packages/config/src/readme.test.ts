// The tables of the README are those of the code.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { remoteWriteKeys } from "./entry/remote-write-keys.js";
import { entryVariables, fileVariable } from "./environment/variables.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The rows between two marks, as cells. */
function rowsOf(mark: string): readonly (readonly string[])[] {
  const section = readme.split(`<!-- ${mark} -->`)[1]?.split(`<!-- /${mark} -->`)[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function codeIn(cell: string | undefined): readonly string[] {
  return Array.from(cell?.matchAll(/`([^`]+)`/g) ?? [], ([, code = ""]) => code);
}

it("lists every key and what becomes of it", () => {
  const inReadme = rowsOf("keys").flatMap(([keys, state = ""]) =>
    codeIn(keys).map((key) => [key, state] as const),
  );
  const inCode = Object.entries(remoteWriteKeys).map(([key, rule]) => {
    if (rule === "works") return [key, "works"] as const;
    return [key, "warning" in rule ? "warning" : "error"] as const;
  });
  expect(new Map(inReadme)).toEqual(new Map(inCode));
  expect(inReadme).toHaveLength(inCode.length);
});

it("lists every environment variable, and the key that it stands for", () => {
  const inReadme = rowsOf("variables").map(([variable, key]) => [codeIn(variable)[0], codeIn(key)[0]]);
  const inCode = entryVariables.map(({ name, key }) => [name, key]);
  expect(inReadme.filter(([name]) => inCode.some(([known]) => known === name))).toEqual(inCode);
  expect(inReadme.map(([name]) => name).filter((name) => !inCode.some(([known]) => known === name))).toEqual([
    fileVariable,
    "OTEL_METRIC_EXPORT_INTERVAL",
    "OTEL_METRIC_EXPORT_TIMEOUT",
    "OTEL_SERVICE_NAME",
    "OTEL_RESOURCE_ATTRIBUTES",
    "OTEL_SDK_DISABLED",
    "OTEL_METRICS_EXPORTER",
    "OTEL_NODE_ENABLED_INSTRUMENTATIONS",
    "OTEL_NODE_RESOURCE_DETECTORS",
    "OTEL_LOG_LEVEL",
  ]);
});
