import { parseArgs } from "node:util";
import { messageTypes, type MessageType } from "../message-type.js";

/** The command line, understood. */
export type CliOptions =
  | { readonly action: "help" | "version" }
  | {
      readonly action: "listen";
      readonly port: number;
      readonly accept: MessageType[];
      readonly quiet: boolean;
    };

const defaultPort = 9294;

export const helpText: string = `Usage: otel-remote-write-receiver [options]

Receives remote write 1.0 and 2.0 on 127.0.0.1, checks every request against the
specification and prints what arrived.

  --port <number>     the port to listen on; 0 picks a free one (default ${defaultPort})
  --accept <message>  take only this message, may be repeated (default: both):
                      ${messageTypes.join(", ")}
  --quiet             print no line for requests that break no rule
  --help, --version
`;

/** Throws an Error with one line that says what is wrong. */
export function parseCliOptions(args: readonly string[]): CliOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: String(defaultPort) },
      accept: { type: "string", multiple: true },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      version: { type: "boolean", default: false },
    },
  });
  if (values.help) return { action: "help" };
  if (values.version) return { action: "version" };
  return {
    action: "listen",
    port: parsePort(values.port),
    accept: values.accept?.map(parseMessageType) ?? [...messageTypes],
    quiet: values.quiet,
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`--port: ${JSON.stringify(text)} is not a port, use 0 to 65535`);
  }
  return port;
}

function parseMessageType(text: string): MessageType {
  const type = messageTypes.find((name) => name === text);
  if (type === undefined) {
    throw new Error(`--accept: ${JSON.stringify(text)} is not one of ${messageTypes.join(", ")}`);
  }
  return type;
}
