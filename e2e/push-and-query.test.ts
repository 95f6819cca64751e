import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { expect, it, onTestFinished } from "vitest";
import { describeWithServer } from "./harness/describe-with-server.js";
import { createExpectedSeries, storedHistory } from "./harness/expected-series.js";
import { createRecorder, type Point } from "./harness/recorder.js";

const none: Point = { attributes: {}, labels: {} };
const getItem: Point = {
  attributes: { "http.request.method": "GET", "http.route": "/items/{id}", "http.response.status_code": 200 },
  labels: { http_request_method: "GET", http_route: "/items/{id}", http_response_status_code: "200" },
};
const postItem: Point = {
  attributes: { "http.request.method": "POST", "http.route": "/items", "http.response.status_code": 503 },
  labels: { http_request_method: "POST", http_route: "/items", http_response_status_code: "503" },
};
const unicode: Point = {
  attributes: { "stadt.größe": "groß", text: 'Zürich 東京 🚄 "q" \\ \n\t', ok: true, tags: ["a", "ü"] },
  labels: { stadt_gr_e: "groß", text: 'Zürich 東京 🚄 "q" \\ \n\t', ok: "true", tags: '["a","ü"]' },
};
const emptyValue: Point = { attributes: { kind: "plain", note: "" }, labels: { kind: "plain" } };
const sameLabel: Point = { attributes: { "disk.id": "b", disk_id: "a" }, labels: { disk_id: "b;a" } };

const cases = [
  ["prometheus", "prometheus.WriteRequest"],
  ["prometheus", "io.prometheus.write.v2.Request"],
  ["victoriametrics", "prometheus.WriteRequest"],
] as const;

// Every value is a multiple of 1/8, so that sums are exact, in VictoriaMetrics' decimals too.
for (const [serverName, protobufMessage] of cases) {
  describeWithServer(
    serverName,
    `what is queried back equals what was recorded, as ${protobufMessage}`,
    (server) => {
      it("for every instrument, in two pushes", async () => {
        const expected = createExpectedSeries({ job: "shop/checkout", instance: "checkout-1" });
        const exporter = new RemoteWriteMetricExporter({ url: server().writeUrl, protobufMessage });
        const meterProvider = new MeterProvider({
          resource: resourceFromAttributes({
            "service.namespace": "shop",
            "service.name": "checkout",
            "service.instance.id": "checkout-1",
            "deployment.environment.name": "e2e",
            "host.name": "höst",
          }),
          readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
        });
        onTestFinished(() => meterProvider.shutdown());
        expected.set({ __name__: "target_info", deployment_environment_name: "e2e", host_name: "höst" }, 1);

        const scope = { otel_scope_name: "shop", otel_scope_version: "1.2.3" };
        const recorder = createRecorder(meterProvider.getMeter("shop", "1.2.3"), expected, scope);
        const requests = recorder.counter("http.requests", "http_requests_total", { unit: "{request}" });
        const bytes = recorder.counter("io", "io_bytes_total", {
          unit: "By",
          description: 'Bytes "in" and\nout',
        });
        const active = recorder.upDownCounter("http.active_requests", "http_active_requests");
        const temperature = recorder.gauge("room.temperature", "room_temperature_celsius", { unit: "Cel" });
        const duration = recorder.histogram(
          "http.duration",
          "http_duration_seconds",
          [0.125, 0.5, 1, 2.5, 10],
          {
            unit: "s",
          },
        );
        const sizes = recorder.histogram(
          "batch.size",
          "batch_size",
          [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000],
        );
        const cpu = recorder.observableCounter("process.cpu.time", "process_cpu_time_seconds_total", {
          unit: "s",
        });
        const queue = recorder.observableUpDownCounter("queue.length", "queue_length");
        const load = recorder.observableGauge("load", "load_ratio", { unit: "1" });
        // Without a version, and with a name that the other scope has too.
        const other = createRecorder(meterProvider.getMeter("other"), expected, { otel_scope_name: "other" });
        const otherRequests = other.counter("http.requests", "http_requests_total", { unit: "{request}" });

        requests(3, getItem);
        requests(1, postItem);
        requests(2, getItem);
        bytes(1024, none);
        active(5, none);
        active(-3, none);
        temperature(21.5, unicode);
        temperature(-4.25, emptyValue);
        for (const value of [0, 0.125, 0.25, 0.5, 9.875, 10, 10.125, 600]) duration(value, getItem);
        for (const value of [0, 1, 5, 5, 1000, 1001]) sizes(value, none);
        cpu(1.625, none);
        queue(7, sameLabel);
        load(0.75, none);
        otherRequests(11, getItem);

        const start = Date.now();
        await meterProvider.forceFlush();
        expected.push();
        expect(storedHistory(await server().samples('{job="shop/checkout"}'))).toEqual(expected.history());

        requests(4, postItem);
        requests(1, unicode); // A series that is new in the second push.
        bytes(0.5, none);
        active(-2, none);
        temperature(-40, emptyValue);
        duration(2.5, getItem);
        duration(0.375, postItem);
        sizes(70, none);
        cpu(2, none);
        queue(-1, sameLabel);
        load(0, none);

        await meterProvider.forceFlush();
        expected.push();
        const stored = await server().samples('{__name__=~".+"}');
        expect(storedHistory(stored)).toEqual(expected.history());
        const times = stored.flatMap(({ points }) => points.map(({ timestamp }) => timestamp));
        expect(Math.min(...times)).toBeGreaterThanOrEqual(start);
        expect(Math.max(...times)).toBeLessThanOrEqual(Date.now());

        expect(exporter.stats()).toMatchObject({
          acknowledged: { samples: times.length, histograms: 0, exemplars: 0 },
          dropped: {},
          unconfirmed: 0,
          retries: 0,
        });
      });
    },
  );
}
