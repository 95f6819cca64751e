import { createTextFile } from "@otel-remote-write/auth";
import { basename, dirname, resolve } from "node:path";
import { prometheusFileKeys, remoteWriteKeys } from "../entry/remote-write-keys.js";
import { checkKeys } from "../source/check-keys.js";
import { type ConfigNode, describeNode, type MappingNode, type Place } from "../source/config-node.js";
import { mergeMappings } from "../source/merge-mappings.js";
import type { Problems } from "../source/problems.js";
import { readYaml } from "../source/read-yaml.js";

/** A configuration is no data: a larger file is another one than was meant. */
const maxBytes = 1024 * 1024;

/**
 * Reads a configuration file of any of its forms: Prometheus' own with `remote_write:`, a list of entries, or one entry,
 * which is also the form of the retired Go exporter's file.
 *
 * @returns the entries, with the external labels of `global`; none where something is wrong with the file as such
 */
export function readConfigFile(path: string, problems: Problems): readonly MappingNode[] {
  const folder = dirname(resolve(path));
  const place: Place = { source: path, folder, expands: false };
  const content = createTextFile?.(path, maxBytes).readSync() ?? { problem: "needs a file system" };
  if ("problem" in content) {
    problems.error(
      place,
      "",
      `the configuration file ${content.problem}; give the path of a file with a remote_write entry`,
    );
    return [];
  }
  const root = readYaml({ name: path, folder, text: content.text }, problems);
  if (root === undefined) return [];
  const entries = entriesOf(root, problems);
  if (entries.length === 0 && problems.errors.length === 0) {
    problems.error(place, "", `${basename(path)} has no remote_write entry; give one with url`);
  }
  return entries;
}

function entriesOf(root: ConfigNode, problems: Problems): readonly MappingNode[] {
  if (root.kind === "sequence") return toEntries(root, problems);
  if (root.kind !== "mapping") {
    if (root.kind !== "null") {
      problems.error(root.place, "", `must be an entry, "key: value" a line, but is ${describeNode(root)}`);
    }
    return [];
  }
  const list = root.entries.get("remote_write")?.value;
  if (list === undefined && !root.entries.has("global")) return toEntries(root, problems);
  checkKeys(root, prometheusFileKeys, problems);
  const labels = externalLabels(root);
  return toEntries(list, problems).map((entry) =>
    labels === undefined ? entry : mergeMappings(entry, labels, {}),
  );
}

/** The entries of a list, or one alone. */
function toEntries(node: ConfigNode | undefined, problems: Problems): readonly MappingNode[] {
  if (node === undefined || node.kind === "null") return [];
  const entries: MappingNode[] = [];
  for (const item of node.kind === "sequence" ? node.items : [node]) {
    if (item.kind === "mapping") {
      checkKeys(
        item,
        remoteWriteKeys,
        problems,
        Object.keys(prometheusFileKeys).filter((key) => !key.includes(".")),
      );
      entries.push(item);
    } else {
      problems.error(
        item.place,
        "remote_write",
        `must be an entry, "key: value" a line, but is ${describeNode(item)}`,
      );
    }
  }
  return entries;
}

/** `global.external_labels` as an entry with nothing else. */
function externalLabels(root: MappingNode): MappingNode | undefined {
  const global = root.entries.get("global")?.value;
  const labels = global?.kind === "mapping" ? global.entries.get("external_labels") : undefined;
  if (labels === undefined || labels.value.kind === "null") return undefined;
  return { kind: "mapping", place: labels.place, entries: new Map([["external_labels", labels]]) };
}
