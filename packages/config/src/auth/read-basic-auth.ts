import type { AuthPlugin } from "@otel-remote-write/auth";
import { basicAuth } from "@otel-remote-write/auth-basic";
import type { Section } from "../source/section.js";
import { onlyOne } from "./only-one.js";
import { orFail } from "./or-fail.js";

/** Reads `basic_auth`. */
export function readBasicAuth(section: Section | undefined): AuthPlugin | undefined {
  if (section === undefined) return undefined;
  const nameKey = onlyOne(section, "username", "username_file");
  const passwordKey = onlyOne(section, "password", "password_file");
  if (nameKey === undefined || passwordKey === undefined) return undefined;
  const name = nameKey === "username" ? section.text(nameKey) : section.file(nameKey);
  const password = passwordKey === "password" ? section.text(passwordKey) : section.file(passwordKey);
  if (name === undefined || password === undefined) return undefined;
  return orFail(section, nameKey, () =>
    basicAuth({
      ...(nameKey === "username" ? { username: name } : { usernameFile: name }),
      ...(passwordKey === "password" ? { password } : { passwordFile: password }),
    }),
  );
}
