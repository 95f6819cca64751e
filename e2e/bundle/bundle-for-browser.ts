import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export type BundleOptions = {
  /** TypeScript whose imports are those of a file in e2e. */
  source: string;
  /** `iife` puts the exports into the global variable `page`. */
  format: "esm" | "iife";
  /** Packages that are left as imports. */
  external?: readonly string[] | undefined;
};

export type Bundle = {
  code: string;
  /** The size that a browser loads: minified, and compressed with gzip at its best. */
  gzipBytes: number;
  /** What is still imported. */
  imports: readonly string[];
  /** The minified size of each package that went in, by its folder's name, the largest first. */
  packages: Readonly<Record<string, number>>;
};

/** Bundles as an application for browsers does. An import of a Node module is an error that names it. */
export async function bundleForBrowser({ source, format, external = [] }: BundleOptions): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, loader: "ts", resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
    platform: "browser",
    target: "es2022",
    format,
    ...(format === "iife" && { globalName: "page" }),
    external: [...external],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("esbuild gave no output");
  return {
    code: output.text,
    gzipBytes: gzipSync(output.contents, { level: 9 }).length,
    imports: Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)),
    packages: sizesByPackage(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))),
  };
}

function sizesByPackage(inputs: [path: string, input: { bytesInOutput: number }][]): Record<string, number> {
  const sizes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of inputs) {
    const [, name] = /(?:.*\/|^)(?:node_modules|packages)\/(@[^/]+\/[^/]+|[^/]+)/.exec(path) ?? [];
    if (name !== undefined) sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
  return Object.fromEntries([...sizes].toSorted(([, a], [, b]) => b - a));
}
