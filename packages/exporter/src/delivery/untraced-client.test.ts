import { context, type ContextManager, ROOT_CONTEXT } from "@opentelemetry/api";
import { isTracingSuppressed } from "@opentelemetry/core";
import { expect, onTestFinished, test } from "vitest";
import { createFakeClient } from "./delivery.test-support.js";
import { acknowledged } from "./outcomes.test-support.js";
import { createUntracedClient } from "./untraced-client.js";

test("H13: @opentelemetry/core sees that requests are not to be traced, and others are", async () => {
  let active = ROOT_CONTEXT;
  const manager: ContextManager = {
    active: () => active,
    with(inner, fn, self, ...args) {
      const outer = active;
      active = inner;
      try {
        return fn.apply(self, args);
      } finally {
        active = outer;
      }
    },
    bind: (_, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  context.setGlobalContextManager(manager);
  onTestFinished(() => context.disable());

  const suppressed: boolean[] = [];
  const look = (): number => suppressed.push(isTracingSuppressed(context.active()));
  const { client } = createFakeClient();
  const untraced = createUntracedClient({
    ...client,
    send() {
      look();
      return Promise.resolve(acknowledged);
    },
  });
  look();
  await untraced.send({
    counts: { samples: 1, histograms: 0, exemplars: 0 },
    encode: () => new Uint8Array(),
  });
  look();
  expect(suppressed).toEqual([false, true, false]);
});
