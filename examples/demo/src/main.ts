import { helpText, parseArguments } from "./arguments.js";
import { runDemo } from "./demo.js";
import { createStopSignal } from "./stop-signal.js";

const command = parseArguments(process.argv.slice(2));
if (command.kind === "help") {
  process.stdout.write(helpText);
} else if (command.kind === "wrong") {
  process.stderr.write(`demo: ${command.message}\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await runDemo(command, createStopSignal());
  } catch (error) {
    process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
