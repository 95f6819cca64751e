/** A small text file that is read again and again. */
export interface TextFile {
  /** The absolute path. */
  readonly path: string;
  /** The text as it is now, without a byte order mark, or in words why it cannot be had: `does not exist`. */
  read(): Promise<{ readonly text: string } | { readonly problem: string }>;
}

/** What `#text-file` gives: a way to a file, or `undefined` in a runtime without a file system. */
export type CreateTextFile = ((path: string) => TextFile) | undefined;
