import type { ConnectionOptions } from "@otel-remote-write/transport";
import type { Section } from "../source/section.js";

/**
 * Reads `proxy_url`, `no_proxy` and `proxy_from_environment`. Without any of them a proxy of the environment is used, as
 * everywhere else in this project; Prometheus asks for `proxy_from_environment: true`.
 */
export function readProxy(section: Section): Pick<ConnectionOptions, "proxyUrl" | "noProxy"> {
  const proxyUrl = section.text("proxy_url");
  const fromEnvironment = section.boolean("proxy_from_environment");
  const noProxy = section.text("no_proxy");
  if (fromEnvironment === true && section.has("proxy_url")) {
    section.fail("proxy_from_environment", "goes not with proxy_url; keep one of them");
  }
  const withoutProxy = fromEnvironment === false && proxyUrl === undefined;
  return {
    ...(proxyUrl !== undefined && proxyUrl !== "" && { proxyUrl }),
    ...((withoutProxy || noProxy !== undefined) && { noProxy: withoutProxy ? "*" : noProxy }),
  };
}
