import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { createStopSignal } from "./stop-signal.js";

function setup() {
  const exit = vi.fn<(code: number) => void>();
  const stdout = new EventEmitter();
  const host = Object.assign(new EventEmitter(), { exit, stdout });
  const clock = { now: 1000 };
  return { host, stdout, exit, clock, signal: createStopSignal(host, () => clock.now) };
}

describe("createStopSignal", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"])(
    "is aborted by the first %s, which ends nothing by itself",
    (name) => {
      const { host, exit, signal } = setup();
      expect(signal.aborted).toBe(false);
      host.emit(name);
      expect(signal.aborted).toBe(true);
      expect(exit).not.toHaveBeenCalled();
    },
  );

  it("takes one press that arrives twice, from the terminal and from npm, for one", () => {
    const { host, exit, clock } = setup();
    host.emit("SIGINT");
    clock.now += 100;
    host.emit("SIGINT");
    expect(exit).not.toHaveBeenCalled();
  });

  it("ends the process at once the second time", () => {
    const { host, exit, clock } = setup();
    host.emit("SIGINT");
    clock.now += 600;
    host.emit("SIGINT");
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  });

  it.each(["EPIPE", "EIO"])("is aborted when nobody reads the output any more (%s)", (code) => {
    const { stdout, signal } = setup();
    stdout.emit("error", Object.assign(new Error("write failed"), { code }));
    expect(signal.aborted).toBe(true);
  });

  it("hides no other error", () => {
    const { stdout, signal } = setup();
    const full = Object.assign(new Error("disk full"), { code: "ENOSPC" });
    expect(() => stdout.emit("error", full)).toThrow(full);
    expect(signal.aborted).toBe(false);
  });
});
