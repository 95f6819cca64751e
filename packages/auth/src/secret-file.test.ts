import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSecretFile, type SecretFile } from "./secret-file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "secret-file-"));
});
afterAll(() => rm(folder, { recursive: true }));

function secretFile(path: unknown): SecretFile {
  return createSecretFile({ path, name: "passwordFile", owner: "basicAuth", instead: "password" });
}

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe("createSecretFile", () => {
  it.each([
    ["s3cr3t", "s3cr3t"],
    ["s3cr3t\n", "s3cr3t"],
    ["  \r\n s3cr3t with blanks \t\r\n\r\n", "s3cr3t with blanks"],
    ["\ufeffs3cr3t\n", "s3cr3t"],
    ["pässwörd 密码 🔑\n", "pässwörd 密码 🔑"],
    ["x".repeat(64 * 1024), "x".repeat(64 * 1024)],
  ])("gives the text without the white space around it: %#", async (content, secret) => {
    expect(await secretFile(await written("good", content)).read()).toBe(secret);
  });

  it("gives the present content each time", async () => {
    const path = join(folder, "rotating");
    const file = secretFile(path);
    await expect(file.read()).rejects.toThrow("does not exist");
    await writeFile(path, "first");
    expect(await file.read()).toBe("first");
    // The same length, within one step of the file system's clock.
    await writeFile(path, "secnd");
    expect(await file.read()).toBe("secnd");
    await writeFile(`${path}.new`, "third");
    await rename(`${path}.new`, path);
    expect(await file.read()).toBe("third");
    await rm(path);
    await expect(file.read()).rejects.toThrow("does not exist");
    await writeFile(path, "fourth");
    expect(await file.read()).toBe("fourth");
  });

  it("follows a link that is turned to another file, as in a Kubernetes volume", async () => {
    await written("one", "first");
    await written("two", "secnd");
    const path = join(folder, "link");
    await symlink("one", path);
    const file = secretFile(path);
    expect(await file.read()).toBe("first");
    await symlink("two", `${path}.new`);
    await rename(`${path}.new`, path);
    expect(await file.read()).toBe("secnd");
  });

  it("keeps to the working directory of its construction", async () => {
    const path = await written("relative", "s3cr3t");
    const file = secretFile(relative(process.cwd(), path));
    expect(file.label).toBe(`passwordFile "${path}"`);
    expect(await file.read()).toBe("s3cr3t");
  });

  it.each([
    ["empty", "", "is empty"],
    ["blank", " \r\n\t\n", "is empty"],
    ["mark", "\ufeff", "is empty"],
    ["lines", "s3cr3t\ns3cr3t\n", "contains a line break; it must hold the secret alone"],
    ["nul", "s3cr3t\0s3cr3t", "contains a control character; it must hold the secret alone"],
    ["large", "s3cr3t".padEnd(64 * 1024 + 1, "x"), "is larger than 64 KiB"],
    ["latin1", Buffer.from("s3cr3t ä", "latin1"), "is not UTF-8 text"],
    ["utf16", Buffer.from("\ufeffs3cr3t", "utf16le"), "is not UTF-8 text"],
  ])("names option, path and cause when the content is wrong: %s", async (name, content, cause) => {
    const path = await written(name, content);
    await expect(secretFile(path).read()).rejects.toThrow(
      new Error(`basicAuth: passwordFile "${path}" ${cause}`),
    );
  });

  it("names option, path and cause when there is no such file", async () => {
    await mkdir(join(folder, "folder"));
    await symlink("circle", join(folder, "circle"));
    await symlink("/dev/null", join(folder, "device"));
    for (const [name, cause] of [
      ["nothing", "does not exist"],
      ["good/below-a-file", "does not exist"],
      ["folder", "is a directory"],
      ["circle", "is a circle of symbolic links"],
      ["device", "is not a regular file"],
      ["x".repeat(5000), "cannot be read (ENAMETOOLONG)"],
    ] as const) {
      const path = join(folder, name);
      await expect(secretFile(path).read()).rejects.toThrow(
        new Error(`basicAuth: passwordFile "${path}" ${cause}`),
      );
    }
  });

  it.each([
    [undefined, "is missing; give a non-empty string"],
    ["", "must be a non-empty string, got an empty string"],
    [7, "must be a non-empty string, got a number"],
    ["/run/secret\n", "contains a line break; take it out"],
  ])("refuses a path that is none: %j", (path, problem) => {
    expect(() => secretFile(path)).toThrow(new TypeError(`basicAuth: passwordFile ${problem}`));
  });
});
