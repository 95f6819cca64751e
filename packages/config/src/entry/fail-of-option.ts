import type { Section } from "../source/section.js";

/** Keys whose name is another one than the option's in snake case. */
const keyOfOption: Readonly<Record<string, string>> = {
  "credentials.accessKeyId": "access_key",
  "credentials.secretAccessKey": "secret_key",
  service: "service_name",
  token: "bearer_token",
  tokenFile: "bearer_token_file",
};

/** Options as messages have them, beside other words. */
const optionNames =
  /\b(?:(?:tls\.)?(?:caFile|certFile|keyFile|serverName|insecureSkipVerify)|proxyUrl|noProxy|clientId|clientSecret(?:File)?|tokenUrl|endpointParams|usernameFile|passwordFile)\b/g;

/**
 * Says of a key what a part of ours says of the option that the key has become, `owner: option what; fix`: their messages
 * hold no secrets.
 *
 * @param fallback the key to name where the option is none of the section's keys
 */
export function failOfOption(section: Section, error: unknown, fallback: string): void {
  const message = error instanceof Error ? error.message : "is no good";
  const [, option, what] = /^\w+: (headers\.\S+|[\w.[\]]+) (.*)$/s.exec(message) ?? [];
  if (option === undefined || what === undefined) return section.fail(fallback, message);
  const text = inKeys(what);
  const [group = "", ...rest] = option.split(".");
  const name = rest.join(".");
  if (group === "headers" && name !== "") {
    const holder = ["headers", "http_headers"]
      .filter((key) => section.has(key))
      .map((key) => section.section(key))
      .find((each) => each?.has(name) === true);
    if (holder !== undefined) return holder.fail(name, text);
  }
  const [holder, key] =
    group === "tls" && name !== ""
      ? [section.section("tls_config"), toKey(name)]
      : [section, keyOfOption[option] ?? toKey(option.replace(/[.[].*/, ""))];
  if (holder?.has(key) === true) holder.fail(key, text);
  else section.fail(fallback, inKeys(message));
}

/** With the names that the file has; what is in quotes is the user's. */
function inKeys(text: string): string {
  return text
    .replace("auth, such as bearerAuth({ token })", "authorization")
    .split('"')
    .map((part, i) =>
      i % 2 === 0 ? part.replaceAll(optionNames, (name) => toKey(name.replace("tls.", ""))) : part,
    )
    .join('"');
}

function toKey(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
