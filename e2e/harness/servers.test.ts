import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { serverNames } from "../../scripts/servers/find-server.mjs";
import { startPrometheus } from "../../scripts/servers/prometheus.mjs";
import { describeWithServer } from "./describe-with-server.js";
import { postV1, postV2 } from "./write-request.js";

const name = { name: "__name__", value: "harness_metric" };
const text = 'Grüße, 世界 🌍 "quoted" \\ \n';

/** A request with one series of three samples, the newest of them now. */
function oneSeries(job: string) {
  const now = Date.now();
  return {
    now,
    message: {
      timeseries: [
        {
          labels: [name, { name: "job", value: job }, { name: "text", value: text }],
          samples: [
            { value: 1, timestamp: BigInt(now - 2) },
            { value: -2.5, timestamp: BigInt(now - 1) },
            { value: 12345.678, timestamp: BigInt(now) },
          ],
        },
      ],
    },
    labels: { __name__: "harness_metric", job, text },
  };
}

for (const serverName of serverNames) {
  describeWithServer(serverName, "a server of the harness", (server) => {
    it("gives back every sample of a 1.0 request, at once", async () => {
      const { now, message, labels } = oneSeries("at-once");
      expect((await postV1(server().writeUrl, message)).status).toBe(204);

      expect(await server().samples('{job="at-once"}')).toEqual([
        {
          labels,
          points: [
            { timestamp: now - 2, value: 1, histogram: undefined },
            { timestamp: now - 1, value: -2.5, histogram: undefined },
            { timestamp: now, value: 12345.678, histogram: undefined },
          ],
        },
      ]);
      expect(await server().query('{job="at-once"}', now)).toEqual([
        { labels, point: { timestamp: now, value: 12345.678, histogram: undefined } },
      ]);
      expect(await server().series('{job="at-once"}')).toEqual([labels]);
    });

    it("names what is wrong with a query", async () => {
      await expect(server().query("sum(")).rejects.toThrow(/query .*sum\(.* was answered 4\d\d: /);
    });

    it("keeps address and data over a restart, polite or not", async () => {
      const { message, labels } = oneSeries("restart");
      const { url, pid } = server();
      await postV1(server().writeUrl, message);

      await server().restart();
      expect(server().url).toBe(url);
      expect(server().pid).not.toBe(pid);
      expect(await server().series('{job="restart"}')).toEqual([labels]);

      await server().kill();
      expect(server().pid).toBeUndefined();
      await expect(fetch(`${url}/`)).rejects.toThrow("fetch failed");
      await server().restart();
      expect(server().url).toBe(url);
      expect(await server().series('{job="restart"}')).toEqual([labels]);
    });
  });
}

describeWithServer("prometheus", "what only Prometheus takes", (server) => {
  it("stores native histograms and exemplars of a 2.0 request", async () => {
    const now = Date.now();
    const response = await postV2(server().writeUrl, {
      symbols: ["", "__name__", "harness_native", "job", "native", "trace_id", "abc"],
      timeseries: [
        {
          labelsRefs: [1, 2, 3, 4],
          histograms: [
            {
              count: { case: "countInt", value: 6n },
              sum: 12.5,
              schema: 0,
              zeroThreshold: 1e-128,
              zeroCount: { case: "zeroCountInt", value: 1n },
              positiveSpans: [{ offset: 1, length: 2 }],
              positiveDeltas: [2n, 1n],
              timestamp: BigInt(now),
            },
          ],
          exemplars: [{ labelsRefs: [5, 6], value: 1.5, timestamp: BigInt(now) }],
        },
      ],
    });
    expect([response.status, response.headers.get("x-prometheus-remote-write-histograms-written")]).toEqual([
      204,
      "1",
    ]);

    const labels = { __name__: "harness_native", job: "native" };
    const histogram = {
      count: 6,
      sum: 12.5,
      buckets: [
        { lower: -1e-128, upper: 1e-128, count: 1 },
        { lower: 1, upper: 2, count: 2 },
        { lower: 2, upper: 4, count: 3 },
      ],
    };
    expect(await server().samples('{job="native"}')).toEqual([
      { labels, points: [{ timestamp: now, value: undefined, histogram }] },
    ]);
    expect(await server().exemplars('{job="native"}')).toEqual([
      {
        seriesLabels: labels,
        exemplars: [{ labels: { trace_id: "abc" }, value: "1.5", timestamp: now / 1000 }],
      },
    ]);
  });
});

describeWithServer(
  "prometheus",
  "Prometheus told to accept 1.0 only",
  (server) => {
    it("answers 415 to 2.0", async () => {
      expect((await postV2(server().writeUrl, { symbols: [""] })).status).toBe(415);
      expect((await postV1(server().writeUrl, oneSeries("v1").message)).status).toBe(204);
    });
  },
  ({ path }) => startPrometheus({ path, acceptedMessages: ["prometheus.WriteRequest"] }),
);

describeWithServer("victoriametrics", "what VictoriaMetrics does with 2.0", (server) => {
  it("answers 204 without Written headers and stores nothing (W2.15)", async () => {
    const response = await postV2(server().writeUrl, {
      symbols: ["", "__name__", "harness_lost"],
      timeseries: [{ labelsRefs: [1, 2], samples: [{ value: 1, timestamp: BigInt(Date.now()) }] }],
    });
    const written = [...response.headers.keys()].filter((header) => header.endsWith("-written"));
    expect([response.status, written]).toEqual([204, []]);
    expect(await server().series('{__name__=~".+"}')).toEqual([]);
  });
});

describe("a server that does not start", () => {
  it("is named with its last lines", async () => {
    await expect(startPrometheus({ path: process.execPath })).rejects.toThrow(
      /node.* ended before it was ready\. Its last lines:\n.*bad option: --config\.file=/,
    );
  });
});

describeWithServer("prometheus", "the end of a server", (server) => {
  it("leaves neither process nor data", async () => {
    const { pid = Number.NaN } = server();
    const [folder = "no folder in the log"] =
      /\/\S+otel-remote-write-server-[^/"]+/.exec(server().logs()) ?? [];
    expect(existsSync(folder)).toBe(true);
    await server().stop();
    expect(existsSync(folder)).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});
