import { spawn } from "node:child_process";

/**
 * Kills a process as soon as this one is gone, even if this one had no chance to say so: a small shell waits for the
 * end of a pipe that this process holds. On Windows there is no such shell, and nothing is watched.
 *
 * @param {number | undefined} pid
 * @returns {() => void} ends the watch; to be called when the process has ended, since its id may then be given anew
 */
export function killWithParent(pid) {
  if (pid === undefined || process.platform === "win32") return () => {};
  const watch = spawn("/bin/sh", ["-c", 'cat; kill -KILL "$0"', String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    // In a group of its own, so that Ctrl-C in a terminal does not end the watch before its work is done.
    detached: true,
  });
  watch.on("error", () => {});
  watch.unref();
  return () => {
    watch.kill("SIGKILL");
  };
}
