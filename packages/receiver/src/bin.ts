#!/usr/bin/env node
import { once } from "node:events";
import { runReceiver } from "./cli/run-receiver.js";

process.exitCode = await runReceiver(process.argv.slice(2), {
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  stopped: Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]),
});
