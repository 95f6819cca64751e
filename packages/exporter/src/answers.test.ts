// What becomes of a sample by the status of the answer, from export() to stats, over real sockets.
import { type AddressInfo, createServer, type Socket } from "node:net";
import {
  InMemoryMetricExporter,
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { type Receiver, type ScriptedAnswer, startReceiver } from "@otel-remote-write/receiver";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
import { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";

type Metrics = Parameters<RemoteWriteMetricExporter["export"]>[0];
let metrics: Metrics;

beforeAll(async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  provider.getMeter("test").createCounter("orders").add(3);
  metrics = (await reader.collect()).resourceMetrics;
  await provider.shutdown();
});

/** An exporter that waits for a retry until the test is over. */
function start(options: RemoteWriteMetricExporterOptions): RemoteWriteMetricExporter {
  return new RemoteWriteMetricExporter({
    protobufMessage: "prometheus.WriteRequest",
    metadata: { send: false },
    translator: { targetInfo: false },
    ...options,
    queue: { minBackoffMillis: 3_600_000, maxBackoffMillis: 3_600_000, ...options.queue },
  });
}

/** What becomes of one sample: its count in stats, and what the callback says. */
async function exportOne(options: RemoteWriteMetricExporterOptions): Promise<string> {
  const exporter = start(options);
  const calls: (string | undefined)[] = [];
  await new Promise<void>((resolve) => {
    exporter.export(metrics, ({ error }) => {
      calls.push(error?.message);
      resolve();
    });
  });
  const { acknowledged, dropped, queue } = exporter.stats();
  const retried = calls[0]?.startsWith("queued, will be retried: ") === true;
  if (acknowledged.samples === 1 && calls[0] === undefined) return "acknowledged";
  if (queue.samples === 1 && retried) return "retried";
  const [drop] = Object.entries(dropped);
  return drop?.[1] === 1 && !retried && calls[0] !== undefined ? `dropped ${drop[0]}` : "something else";
}

async function startAnswering(answer: ScriptedAnswer): Promise<Receiver> {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  receiver.answerEvery(answer);
  return receiver;
}

/** A server that writes these bytes for every request. */
async function startWriting(bytes: string): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => socket.end(bytes));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** What DESIGN.md says of a status; written apart from the code. */
function expected(status: number): string {
  const named: Record<number, string> = {
    400: "dropped bad_request",
    401: "dropped unauthorized",
    403: "dropped forbidden",
    404: "dropped not_found",
    405: "dropped method_not_allowed",
    409: "dropped conflict",
    413: "dropped payload_too_large",
    415: "dropped unsupported_media_type",
    429: "retried",
  };
  if (status < 300) return "acknowledged";
  if (status < 400) return "dropped redirect";
  return named[status] ?? (status < 500 ? "dropped client_error" : "retried");
}

describe("H4, W1.20 to W1.22, W2.18 to W2.22: what becomes of a sample", () => {
  it("by every status from 200 to 599", async () => {
    let status = 0;
    const { url } = await startAnswering(() => ({ status, store: false }));
    const results: string[] = [];
    const statuses = Array.from({ length: 400 }, (_, i) => 200 + i);
    for (status of statuses) results.push(`${status} ${await exportOne({ url })}`);
    expect(results).toEqual(statuses.map((each) => `${each} ${expected(each)}`));
  });

  it("W1.22: by a 429, where queue.retryOnHttp429 is false", async () => {
    const receiver = await startAnswering(429);
    expect(await exportOne({ url: receiver.url, queue: { retryOnHttp429: false } })).toBe(
      "dropped too_many_requests",
    );
    expect(receiver.requests).toHaveLength(1);
  });

  it.each([
    ["HTTP/1.1 777 Odd\r\nContent-Length: 0\r\n\r\n"],
    ["HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n"],
    ["HTTP/1.1 000 Odd\r\nContent-Length: 0\r\n\r\n"],
    ["HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"],
    ["HTTP/1.1 100 Continue\r\n\r\n"],
    ["HTTP/1.1 twohundred OK\r\n\r\n"],
    ["SSH-2.0-OpenSSH_9.2\r\n"],
    [""],
  ])("by the nonsense %j: it is tried again", async (bytes) => {
    expect(await exportOne({ url: await startWriting(bytes) })).toBe("retried");
  });

  it.each(["refuse", "reset", "stall"] as const)("by the fault %s: it is tried again", async (fault) => {
    const { url } = await startAnswering({ fault });
    expect(await exportOne({ url, ...(fault === "stall" && { timeoutMillis: 500 }) })).toBe("retried");
  });

  it("by a 200 whose body breaks off: it is acknowledged", async () => {
    const { url } = await startAnswering({ fault: "truncate", store: true });
    expect(await exportOne({ url })).toBe("acknowledged");
  });
});
