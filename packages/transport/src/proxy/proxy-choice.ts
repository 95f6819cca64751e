import { wrongOption } from "@otel-remote-write/auth";
import type { ConnectionOptions } from "../http/connection-options.js";
import { isLoopback, type NoProxy, parseNoProxy } from "./no-proxy.js";
import { parseProxyUrl } from "./parse-proxy-url.js";
import type { Proxy } from "./proxy.js";

/** Which requests go through which proxy. */
export interface ProxyChoice {
  /** Undefined where the connection is direct. */
  proxyFor(url: URL): Proxy | undefined;
  /** What of the proxies' addresses must not be shown. */
  readonly secrets: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `proxyUrl` and `noProxy`, and without the former the environment.
 *
 * @param owner Who complains, first in messages.
 * @param instead What else can be done about a variable that is wrong.
 * @throws {TypeError} Naming the option or variable, never its value.
 */
export function createProxyChoice(
  url: URL,
  { proxyUrl, noProxy }: ConnectionOptions,
  env: Environment,
  owner: string,
  instead = 'noProxy: "*" goes without a proxy',
): ProxyChoice {
  const isExcepted = readNoProxy(noProxy, owner);
  if (proxyUrl === undefined) return environmentChoice(url, isExcepted, env, owner, instead);
  const { proxy, secrets } = parseProxyUrl(proxyUrl, { option: "proxyUrl", source: "`proxyUrl`", owner });
  return { proxyFor: (target) => (isExcepted?.(target) === true ? undefined : proxy), secrets };
}

function readNoProxy(value: unknown, owner: string): NoProxy | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string") return parseNoProxy(value);
  throw wrongOption(
    value,
    "noProxy",
    owner,
    'a list of hosts in one string, such as "example.com,10.0.0.0/8"',
  );
}

/** As Go's http.ProxyFromEnvironment, except that a variable is read once. */
function environmentChoice(
  url: URL,
  except: NoProxy | undefined,
  env: Environment,
  owner: string,
  instead: string,
): ProxyChoice {
  const isExcepted = except ?? parseNoProxy(lookUp(env, "NO_PROXY")?.value ?? "");
  const isDirect = (target: URL): boolean => isLoopback(target) || isExcepted(target);
  const secrets: string[] = [];
  const proxies = new Map<string, Proxy>();
  for (const [protocol, name] of [
    ["http:", "HTTP_PROXY"],
    ["https:", "HTTPS_PROXY"],
  ] as const) {
    const found = lookUp(env, name);
    // In a CGI program HTTP_PROXY is what the client sent as the header Proxy.
    if (found === undefined || (protocol === "http:" && env["REQUEST_METHOD"] !== undefined)) continue;
    const { name: source, value } = found;
    try {
      const option = `the environment variable ${source}`;
      const parsed = parseProxyUrl(value.includes("://") ? value : `http://${value}`, {
        option,
        source,
        owner,
      });
      proxies.set(protocol, parsed.proxy);
      secrets.push(...parsed.secrets);
    } catch (error) {
      // A variable that other programs use and that does not matter here is not our business.
      if (protocol !== url.protocol || isDirect(url)) continue;
      throw new TypeError(`${(error as Error).message}; ${instead}`, { cause: error });
    }
  }
  return { proxyFor: (target) => (isDirect(target) ? undefined : proxies.get(target.protocol)), secrets };
}

/** The name in capitals goes first, as in Go. */
function lookUp(env: Environment, name: string): { name: string; value: string } | undefined {
  for (const each of [name, name.toLowerCase()]) {
    const value = env[each]?.trim();
    if (value !== undefined && value !== "") return { name: each, value };
  }
  return undefined;
}
