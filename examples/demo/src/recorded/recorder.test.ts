import type { Counter, Gauge, Observable, ObservableCallback, ObservableResult } from "@opentelemetry/api";
import { expect, it, vi } from "vitest";
import { seriesOf } from "./recorded-metric.js";
import { createRecorder } from "./recorder.js";

it("adds, replaces and observes per attribute set, and hands everything on to the instrument", () => {
  const recorder = createRecorder();
  const counter = { add: vi.fn<Counter["add"]>() };
  const gauge = { record: vi.fn<Gauge["record"]>() };
  const orders = recorder.counter(counter, "orders_total");
  const items = recorder.upDownCounter({ add: () => {} }, "items");
  const price = recorder.gauge(gauge, "price");
  orders.add(1, { "payment.method": "card" });
  orders.add(2, { "payment.method": "card" });
  orders.add(4, { "payment.method": "invoice" });
  items.add(3);
  items.add(-5);
  price.record(8, { product: 1 });
  price.record(9, { product: 1 });

  expect(recorder.metrics()).toEqual([
    {
      name: "orders_total",
      type: "counter",
      points: [
        { labels: { payment_method: "card" }, value: 3 },
        { labels: { payment_method: "invoice" }, value: 4 },
      ],
    },
    { name: "items", type: "gauge", points: [{ labels: {}, value: -2 }] },
    { name: "price", type: "gauge", points: [{ labels: { product: "1" }, value: 9 }] },
  ]);
  expect(counter.add.mock.calls.map(([value]) => value)).toEqual([1, 2, 4]);
  expect(gauge.record.mock.calls.map(([value]) => value)).toEqual([8, 9]);
});

it("keeps what was observed last", () => {
  const recorder = createRecorder();
  const callbacks: ObservableCallback[] = [];
  const instrument: Observable = {
    addCallback: (callback) => void callbacks.push(callback),
    removeCallback: () => undefined,
  };
  let seconds = 0;
  recorder.observable(instrument, "cpu_total", "counter", (observe) => observe(++seconds, { mode: "user" }));
  const observe = vi.fn<ObservableResult["observe"]>();
  for (let collection = 0; collection < 3; collection++) void callbacks[0]?.({ observe });

  expect(recorder.metrics()[0]?.points).toEqual([{ labels: { mode: "user" }, value: 3 }]);
  expect(observe.mock.calls).toEqual([1, 2, 3].map((value) => [value, { mode: "user" }]));
});

it("counts a histogram's buckets as Prometheus does: bounds inclusive, cumulative, +Inf is the count (T15)", () => {
  const recorder = createRecorder();
  const histogram = recorder.histogram({ record: () => {} }, "size_bytes", [0.5, 1, 10]);
  for (const value of [0, 0.5, 0.75, 1, 10, 10.5]) histogram.record(value, { route: "/" });
  const [metric] = recorder.metrics();
  if (metric === undefined) throw new Error("nothing was recorded");

  const labels = { route: "/", job: "shop" };
  const bucket = { ...labels, __name__: "size_bytes_bucket" };
  expect(seriesOf(metric, { job: "shop" })).toEqual([
    { labels: { ...labels, __name__: "size_bytes_count" }, value: 6 },
    { labels: { ...labels, __name__: "size_bytes_sum" }, value: 22.75 },
    { labels: { ...bucket, le: "0.5" }, value: 2 },
    { labels: { ...bucket, le: "1" }, value: 4 },
    { labels: { ...bucket, le: "10" }, value: 5 },
    { labels: { ...bucket, le: "+Inf" }, value: 6 },
  ]);
});
