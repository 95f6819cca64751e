import { type AuthPlugin, checkText, createRotatingAuth, createSecretFile } from "@otel-remote-write/auth";
import { bearerAuth } from "@otel-remote-write/auth-bearer";
import type { Section } from "../source/section.js";
import { onlyOne } from "./only-one.js";
import { orFail } from "./or-fail.js";

/** Reads `authorization`: a type, `Bearer` by default, and credentials of it. */
export function readAuthorization(section: Section | undefined): AuthPlugin | undefined {
  if (section === undefined) return undefined;
  const type = (section.text("type") ?? "Bearer").trim();
  if (type.toLowerCase() === "basic") {
    section.fail("type", "cannot be basic; use basic_auth");
    return undefined;
  }
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(type)) {
    section.fail("type", "must be one word, such as Bearer");
    return undefined;
  }
  const key = onlyOne(section, "credentials", "credentials_file");
  const value = key === "credentials" ? section.text(key) : key && section.file(key);
  if (key === undefined || value === undefined) return undefined;
  if (type.toLowerCase() === "bearer") {
    return orFail(section, key, () =>
      bearerAuth(key === "credentials" ? { token: value } : { tokenFile: value }),
    );
  }
  return key === "credentials" ? createStatic(section, type, value) : createFromFile(type, value);
}

function createStatic(section: Section, type: string, credentials: string): AuthPlugin | undefined {
  return orFail(section, "credentials", () => {
    const authorization = createHeader(type, checkText(credentials.trim(), "credentials", section.path));
    return { name: "authorization", authorize: () => ({ authorization }) };
  });
}

function createFromFile(type: string, path: string): AuthPlugin {
  const owner = "authorization";
  const file = createSecretFile({ path, name: "credentials_file", owner, instead: "credentials" });
  return createRotatingAuth(owner, async () => createHeader(type, await file.read()));
}

function createHeader(type: string, credentials: string): string {
  // A header is Latin-1 at most, and what is beyond ASCII every server takes otherwise.
  if (/[^ -~]/.test(credentials)) {
    throw new TypeError("authorization: the credentials contain a character beyond ASCII; take it out");
  }
  return `${type} ${credentials}`;
}
