import { expect, it, onTestFinished, vi } from "vitest";
import { systemRuntime } from "./runtime.js";

it("starts a timer for time that is over already, without a warning of the process", async () => {
  const warn = vi.spyOn(process, "emitWarning");
  onTestFinished(() => warn.mockRestore());
  await new Promise<void>((resolve) => systemRuntime.startTimer(-1, true, resolve));
  expect(warn).not.toHaveBeenCalled();
});
