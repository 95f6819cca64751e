import { expect, test } from "vitest";
import type { ReceiverOptions } from "./options.js";
import { startReceiver } from "./start-receiver.js";
import { postV1, postV2, seriesV1, upV1, upV2 } from "./testing/messages.js";
import { useReceiver } from "./testing/use-receiver.js";

const ended: number[] = [];
const receiver = useReceiver({ onRequest: ({ id }) => ended.push(id) });

test("it writes at the paths of Prometheus and of Cortex", async () => {
  expect(receiver().url).toBe(`http://127.0.0.1:${receiver().port}/api/v1/write`);
  const response = await postV1(`${receiver().origin}/api/v1/push?tenant=a`, upV1([1_000, 1]));
  expect(response.status).toBe(204);
  expect(receiver().requests).toMatchObject([{ path: "/api/v1/push" }]);
});

test("find() and value() match labels by text or expression", async () => {
  const name: [string, string] = ["__name__", "requests_total"];
  await postV1(receiver().url, {
    timeseries: [
      seriesV1([name, ["code", "200"]], 1_000, 5),
      seriesV1([name, ["code", "404"]], 1_000, 2),
      seriesV1([["__proto__", "x"]]),
    ],
  });
  expect(receiver().find({ __name__: "requests_total" })).toHaveLength(2);
  expect(receiver().find({ code: /^[24]/ })).toHaveLength(2);
  expect(receiver().find({ code: "" })).toMatchObject([{ samples: [{ value: 1 }] }]);
  expect(receiver().value({ code: "200" })).toBe(5);
  expect(receiver().value({ code: "500" })).toBeUndefined();
  expect(() => receiver().value({ __name__: "requests_total" })).toThrow("2 series match");
  expect(Object.keys(receiver().find({ code: "" })[0]?.labels ?? {})).toEqual(["__proto__"]);
});

test("1.0's metadata is found for the series of its family", async () => {
  const series = ["a_sum", "a_total", "b"].map((name) => seriesV1([["__name__", name]]));
  const metadata = ["a", "a_total"].map((metricFamilyName) => ({ type: 3, metricFamilyName }) as const);
  await postV1(receiver().url, { timeseries: series, metadata });
  const types = receiver()
    .series()
    .map(({ metadata: found }) => found?.type);
  expect(types).toEqual(["histogram", "histogram", undefined]);
});

test("totals() adds up all requests; reset() forgets everything, scripted answers too", async () => {
  await postV1(receiver().url, upV1([1_000, 1], [2_000, 1]));
  await postV2(receiver().url, upV2({ samples: [], exemplars: [{ value: 1, timestamp: 1n }] }));
  expect(receiver().totals()).toEqual({
    requests: 2,
    series: 2,
    samples: 2,
    histograms: 0,
    exemplars: 1,
    metadata: 0,
    storedPoints: 2,
    violations: 1,
    warnings: 0,
  });
  receiver().answer(503);
  receiver().answerEvery(503);
  receiver().reset();
  expect(receiver().totals().requests).toBe(0);
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(204);
});

test("waitFor() resolves for what holds already, and when it comes to hold", async () => {
  await receiver().waitFor({ requests: 0 });
  const waited = receiver().waitFor((seen) => seen.value({ __name__: "up" }) === 2);
  await postV1(receiver().url, upV1([1_000, 1]));
  await postV1(receiver().url, upV1([2_000, 2]));
  await waited;
  await receiver().waitFor({ requests: 2, storedPoints: 2 });
  expect(receiver().requests).toHaveLength(2);
});

test("waitFor() rejects when it is aborted, when its condition throws, and when the receiver is closed", async () => {
  const abort = new AbortController();
  const aborted = receiver().waitFor({ requests: 1 }, { signal: abort.signal });
  abort.abort(new Error("enough"));
  await expect(aborted).rejects.toThrow("enough");
  await expect(receiver().waitFor({ requests: 1 }, { signal: abort.signal })).rejects.toThrow("enough");
  const thrown = receiver().waitFor(() => {
    throw new Error("no such condition");
  });
  await expect(thrown).rejects.toThrow("no such condition");
  const closed = Promise.allSettled([receiver().waitFor({ requests: 1 })]);
  await receiver().close();
  expect(await closed).toMatchObject([{ reason: new Error("the receiver was closed") }]);
});

test("close() ends what is going on and frees the port; what was received stays readable", async () => {
  await postV1(receiver().url, upV1([1_000, 1]));
  receiver().answer({ fault: "stall" });
  const unanswered = Promise.allSettled([postV1(receiver().url, upV1([2_000, 1]))]);
  await receiver().waitFor({ requests: 2 });
  await Promise.all([receiver().close(), receiver().close()]);
  expect(await unanswered).toMatchObject([{ status: "rejected" }]);
  expect(receiver().value({ __name__: "up" })).toBe(1);
  await expect(fetch(receiver().origin)).rejects.toThrow("fetch failed");
  const again = await startReceiver({ port: receiver().port });
  await again.close();
});

test("onRequest is called when an exchange has ended", async () => {
  ended.length = 0;
  receiver().answer({ fault: "reset" });
  await expect(postV1(receiver().url, upV1([1_000, 1]))).rejects.toThrow("fetch failed");
  await postV1(receiver().url, upV1([1_000, 1]));
  await receiver().waitFor(() => ended.length === 2);
  expect(ended).toEqual([1, 2]);
});

test.each([
  [
    { host: "0.0.0.0" },
    'startReceiver: host must be a loopback address, such as 127.0.0.1 or ::1, got "0.0.0.0"',
  ],
  [{ host: "example.org" }, 'host must be a loopback address, such as 127.0.0.1 or ::1, got "example.org"'],
  [{ port: 70_000 }, "port must be a number from 1 to 65535, or 0 for a free one, got 70000"],
  [{ accept: [] }, "accept must be an array of one or both of prometheus.WriteRequest"],
  [{ accept: ["v3"] }, "accept must be an array of one or both of prometheus.WriteRequest"],
  [{ accept: "1.0" }, "accept must be an array of one or both of prometheus.WriteRequest"],
  [{ onRequest: 1 }, "onRequest must be a function that takes a request, got 1"],
  [null, "options must be an object"],
  [{ limits: { series: 0 } }, "limits.series must be a whole number above 0, got 0"],
  [{ limits: { serie: 1 } }, "limits.serie is no option; known are "],
  [{ ports: 1 }, "ports is no option; known are host, port"],
])("a wrong option is an error that names it: %o", async (options, message) => {
  await expect(startReceiver(options as ReceiverOptions)).rejects.toThrow(message);
});

test("a port in use is the system's error", async () => {
  await expect(startReceiver({ port: receiver().port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});
