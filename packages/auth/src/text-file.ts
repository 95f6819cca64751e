/** The text of a file, without a byte order mark, or in words why it cannot be had: `does not exist`. */
export type TextFileContent = { readonly text: string } | { readonly problem: string };

/** A small text file that is read again and again. */
export interface TextFile {
  /** The absolute path. */
  readonly path: string;
  /** The text as it is now. The file is looked at every time, and read when it has changed. */
  read(): Promise<TextFileContent>;
  /** The same at once, for constructors, which cannot wait. */
  readSync(): TextFileContent;
}

/**
 * What `#text-file` gives: a way to a file, or `undefined` in a runtime without a file system. Files of more than
 * `maxBytes`, 64 KiB by default, are refused: a path to something else must not fill the memory.
 */
export type CreateTextFile = ((path: string, maxBytes?: number) => TextFile) | undefined;
