import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** README.md of the repository, of its packages and of its examples, and everything in docs: paths from the root. */
export function findMarkdownFiles(root: string): string[] {
  const files: string[] = readdirSync(root).filter((name) => name === "README.md");
  for (const folder of ["packages", "examples"]) {
    const readmes = ["README.md", ...readdirSync(join(root, folder)).map((name) => `${name}/README.md`)];
    files.push(
      ...readmes
        .map((path) => `${folder}/${path}`)
        .filter((path) => existsSync(join(root, path)))
        .toSorted(),
    );
  }
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  files.push(
    ...docs
      .filter((path) => path.endsWith(".md"))
      .toSorted()
      .map((path) => `docs/${path}`),
  );
  return files.map((path) => path.replaceAll("\\", "/"));
}
