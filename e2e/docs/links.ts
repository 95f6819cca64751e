export interface Files {
  /** Paths are relative to the Markdown file. */
  exists(path: string): boolean;
  read(path: string): string;
}

/** Links of a Markdown file to files and headings that there are not. Links to other hosts are not looked at. */
export function brokenLinks(markdown: string, files: Files): string[] {
  const text = markdown.replace(/^```[^]*?^```$/gm, "");
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  return links.filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    if (path !== "" && !files.exists(path)) return true;
    if (anchor === undefined) return false;
    const page = path === "" || path.endsWith(".md") ? path : `${path}/README.md`;
    return !headingAnchors(files.read(page)).includes(anchor);
  });
}

/** As GitHub makes them. */
function headingAnchors(markdown: string): string[] {
  const text = markdown.replace(/^```[^]*?^```$/gm, "");
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, "")
      .replaceAll(" ", "-"),
  );
}
