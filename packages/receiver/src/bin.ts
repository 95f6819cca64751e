#!/usr/bin/env node
import { runReceiver } from "./cli/run-receiver.js";

await runReceiver(process.argv.slice(2));
