import { createTextFile } from "#text-file";
import { checkText, findControlCharacter } from "./check-text.js";

/** What {@link createSecretFile} needs to know. */
export interface SecretFileOptions {
  /** The value of the option: the file's path; a relative one belongs to the present working directory. */
  readonly path: unknown;
  /** The option's name, for messages: `passwordFile`. */
  readonly name: string;
  /** Who complains, first in messages: `basicAuth`. */
  readonly owner: string;
  /** The options to use where there is no file system: `password`. */
  readonly instead: string;
}

/** A file that holds one secret. */
export interface SecretFile {
  /** The option and the path, for messages: `passwordFile "/run/secrets/password"`. */
  readonly label: string;
  /**
   * The secret as it is now, without the white space around it. The file is looked at every time, and read when it has
   * changed. Rejects with an Error that names option, path and cause, never the content.
   */
  read(): Promise<string>;
}

/**
 * A secret in a file: UTF-8 text, at most 64 KiB, one line. The file need not exist yet.
 *
 * @throws TypeError when the path is not a non-empty string
 * @throws Error where there is no file system, as in a browser
 */
export function createSecretFile({ path, name, owner, instead }: SecretFileOptions): SecretFile {
  const checkedPath = checkText(path, name, owner);
  if (createTextFile === undefined) {
    throw new Error(`${owner}: ${name} needs a file system, and there is none here; give ${instead}`);
  }
  const file = createTextFile(checkedPath);
  const label = `${name} "${file.path}"`;
  return {
    label,
    async read() {
      const content = await file.read();
      if ("problem" in content) throw new Error(`${owner}: ${label} ${content.problem}`);
      const secret = content.text.trim();
      if (secret === "") throw new Error(`${owner}: ${label} is empty`);
      const character = findControlCharacter(secret);
      if (character === undefined) return secret;
      throw new Error(`${owner}: ${label} contains ${character}; it must hold the secret alone`);
    },
  };
}
