import { afterEach, expect, test } from "vitest";
import type { Receiver } from "./receiver.js";
import { startReceiver } from "./start-receiver.js";
import { postV1, postV2 } from "./testing/messages.js";

let receiver: Receiver;
afterEach(() => receiver.close());

test("a good 1.0 request is answered 204 and stored", async () => {
  receiver = await startReceiver();
  const response = await postV1(receiver.url, {
    timeseries: [
      {
        labels: [
          { name: "__name__", value: "up" },
          { name: "job", value: "api" },
        ],
        samples: [{ value: 1, timestamp: 1_000n }],
      },
    ],
    metadata: [{ type: 2, metricFamilyName: "up", help: "Whether it is up." }],
  });
  expect(await response.text()).toBe("");
  expect(response.status).toBe(204);
  expect(receiver.violations).toEqual([]);
  expect(receiver.warnings).toEqual([]);
  expect(receiver.series()).toEqual([
    {
      labels: { __name__: "up", job: "api" },
      metadata: { type: "gauge", help: "Whether it is up.", unit: "" },
      samples: [{ value: 1, timestamp: 1_000 }],
      histograms: [],
      exemplars: [],
    },
  ]);
  expect(receiver.value({ job: "api" })).toBe(1);
});

test("a good 2.0 request is answered 204 with the Written headers and stored", async () => {
  receiver = await startReceiver();
  const response = await postV2(receiver.url, {
    symbols: ["", "__name__", "up", "Whether it is up.", "trace_id", "abc"],
    timeseries: [
      {
        labelsRefs: [1, 2],
        samples: [{ value: 1, timestamp: 1_000n, startTimestamp: 1n }],
        exemplars: [{ labelsRefs: [4, 5], value: 1, timestamp: 999n }],
        metadata: { type: 1, helpRef: 3 },
      },
    ],
  });
  expect(await response.text()).toBe("");
  expect(response.status).toBe(204);
  expect(response.headers.get("x-prometheus-remote-write-samples-written")).toBe("1");
  expect(response.headers.get("x-prometheus-remote-write-histograms-written")).toBe("0");
  expect(response.headers.get("x-prometheus-remote-write-exemplars-written")).toBe("1");
  expect(receiver.violations).toEqual([]);
  expect(receiver.warnings).toEqual([]);
  expect(receiver.series()).toEqual([
    {
      labels: { __name__: "up" },
      metadata: { type: "counter", help: "Whether it is up.", unit: "" },
      samples: [{ value: 1, timestamp: 1_000, startTimestamp: 1 }],
      histograms: [],
      exemplars: [{ labels: [{ name: "trace_id", value: "abc" }], value: 1, timestamp: 999 }],
    },
  ]);
});
