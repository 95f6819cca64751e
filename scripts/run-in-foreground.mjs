// @ts-check

import { spawn } from "node:child_process";
import process from "node:process";

function wait() {}

/**
 * Runs a program in this terminal, waits for it as long as it takes, and gives its exit code. Ctrl-C is the program's
 * to answer: the terminal sends it to both, and this process only waits. SIGTERM comes to this process alone and is
 * handed on.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Omit<import("node:child_process").SpawnOptions, "stdio">} options
 * @returns {Promise<number>}
 */
export async function runInForeground(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: "inherit" });
  const handOn = () => child.kill("SIGTERM");
  process.on("SIGINT", wait);
  process.on("SIGTERM", handOn);
  try {
    return await new Promise((resolve) => {
      child.once("error", (error) => {
        console.error(`Could not run ${program}: ${error.message}`);
        resolve(1);
      });
      // 128 and the signal's number, as shells have it.
      child.once("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
    });
  } finally {
    process.off("SIGINT", wait);
    process.off("SIGTERM", handOn);
  }
}
