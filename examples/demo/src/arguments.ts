import { parseArgs } from "node:util";
import { type BackendName, backendNames } from "./backends/backend.js";

/** What the command line asks for. */
export type Command =
  | { readonly kind: "run"; readonly backend: BackendName; readonly seconds: number }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly message: string };

const defaultSeconds = 6;
const maxSeconds = 3600;

export const helpText: string = `A small web shop, instrumented with the OpenTelemetry SDK, gets requests for
some seconds. Its metrics are pushed by remote write, and what arrived is
compared with what the shop recorded.

  npm run demo                           to a receiver inside this process
  npm run demo -- --backend prometheus   to a real Prometheus, or victoriametrics
  npm run demo -- --seconds 20           for longer than ${defaultSeconds} seconds, at most ${maxSeconds}
  npm run demo -- --watch                until Ctrl-C
  npm run demo -- --help                 this text

Exit code 0: everything arrived as it was recorded. 1: it did not, or there is
no such server. 2: unknown arguments.
`;

const options = {
  backend: { type: "string" },
  seconds: { type: "string" },
  watch: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
const known = Object.keys(options).map((name) => `--${name}`);

/** Never throws: what it does not know becomes a message that says what there is. */
export function parseArguments(args: readonly string[]): Command {
  // Not strict, because the texts of node's own errors are about more than this program can do.
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === "option" && !Object.hasOwn(options, token.name)) {
      return wrong(`unknown option ${token.rawName}; there are ${known.join(", ")}`);
    }
    if (token.kind === "positional") {
      return wrong(
        `unexpected argument ${JSON.stringify(token.value)}; options follow two dashes, ` +
          `as in: npm run demo -- --backend prometheus`,
      );
    }
  }
  const { backend = "embedded", seconds, watch = false, help = false } = values;
  for (const [name, value] of Object.entries({ watch, help })) {
    if (typeof value !== "boolean") return wrong(`--${name} takes no value`);
  }
  if (help === true) return { kind: "help" };
  if (!isBackendName(backend)) {
    const given = typeof backend === "string" ? `, not ${JSON.stringify(backend)}` : "";
    return wrong(`--backend is one of ${backendNames.join(", ")}${given}`);
  }
  if (watch !== true) return withSeconds(backend, seconds);
  if (seconds !== undefined) return wrong("--watch goes on until Ctrl-C; leave --seconds out");
  return { kind: "run", backend, seconds: Infinity };
}

function withSeconds(backend: BackendName, given: unknown): Command {
  if (given === undefined) return { kind: "run", backend, seconds: defaultSeconds };
  const seconds = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : Number.NaN;
  return seconds >= 1 && seconds <= maxSeconds
    ? { kind: "run", backend, seconds }
    : wrong(`--seconds is a whole number from 1 to ${maxSeconds}`);
}

function isBackendName(value: unknown): value is BackendName {
  return backendNames.some((name) => name === value);
}

function wrong(message: string): Command {
  return { kind: "wrong", message };
}
