import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vitest/config";

const scope = "@otel-remote-write/";
const packagesFolder = fileURLToPath(new URL("../packages", import.meta.url));

type Target = string | { node?: string; types?: string; default?: string };
type Manifest = { exports?: Record<string, Target>; imports?: Record<string, Target> };

/** Resolves imports of our own packages, and their `#` imports, to TypeScript sources, so that tests need no build. */
export function workspaceSources(): Plugin {
  return {
    name: "workspace-sources",
    enforce: "pre",
    resolveId(id, importer): string | undefined {
      if (id.startsWith(scope)) {
        const [name = "", ...path] = id.slice(scope.length).split("/");
        const folder = join(packagesFolder, name);
        return source(folder, readManifest(folder).exports?.[["."].concat(path).join("/")]);
      }
      if (id.startsWith("#") && importer !== undefined) {
        const folder = packageOf(importer);
        return folder === undefined ? undefined : source(folder, readManifest(folder).imports?.[id]);
      }
      return undefined;
    },
  };
}

function source(folder: string, target: Target | undefined): string | undefined {
  const path = typeof target === "string" ? target : (target?.node ?? target?.default);
  return path === undefined
    ? undefined
    : resolve(folder, path.replace("./dist/", "./src/").replace(/\.js$/, ".ts"));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function packageOf(file: string): string | undefined {
  for (let folder = dirname(file); folder.startsWith(packagesFolder); folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  return undefined;
}
