import { readFileSync } from "node:fs";
import { startReceiver } from "../start-receiver.js";
import type { Receiver } from "../receiver.js";
import { helpText, parseCliOptions, type CliOptions } from "./cli-options.js";
import { formatRequest, formatSummary } from "./format-request.js";

/** Where the program prints, and what tells it to end. */
export interface Terminal {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
  /** Resolves on the first signal to end. */
  readonly stopped: Promise<unknown>;
}

/** The command-line program. Resolves with its exit code: 0, 1 when it cannot listen, 2 for a wrong option. */
export async function runReceiver(args: readonly string[], terminal: Terminal): Promise<number> {
  let options: CliOptions;
  try {
    options = parseCliOptions(args);
  } catch (error) {
    terminal.printError(`otel-remote-write-receiver: ${messageOf(error)} (see --help)`);
    return 2;
  }
  if (options.action === "listen") return await runListening(options, terminal);
  terminal.print(options.action === "help" ? helpText.trimEnd() : readVersion());
  return 0;
}

async function runListening(
  { port, accept, quiet }: Extract<CliOptions, { action: "listen" }>,
  { print, printError, stopped }: Terminal,
): Promise<number> {
  let receiver: Receiver;
  try {
    receiver = await startReceiver({
      port,
      accept,
      onRequest(request): void {
        if (!quiet || request.violations.length > 0) print(formatRequest(request));
      },
    });
  } catch (error) {
    const inUse = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    const reason = inUse ? `port ${port} is in use, choose another with --port` : messageOf(error);
    printError(`otel-remote-write-receiver: ${reason}`);
    return 1;
  }
  print(`remote write to ${receiver.url}`);
  print(`JSON API at     ${receiver.origin}`);
  await stopped;
  await receiver.close();
  print(formatSummary(receiver.totals()));
  return 0;
}

function readVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** In one line. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : "unknown error";
  return message.split("\n", 1)[0] ?? message;
}
