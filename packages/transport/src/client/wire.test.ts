import { describe, expect, test } from "vitest";
import { oneSample, startServer, transports } from "../testing/loopback.js";
import { snappyDecode } from "../testing/snappy-decode.js";
import { version } from "../version.js";
import type { RemoteWriteClientOptions } from "./options.js";
import { createFixedClient } from "../testing/create-fixed-client.js";

test("H2 W1.4 W1.8: over node:http these headers go out and no others", async () => {
  const { url, requests } = await startServer((response) => response.writeHead(204).end());
  const headers = { "X-Scope-OrgID": "tenant-1" };
  await createFixedClient({ url, headers }).send(oneSample, { attempt: 2 });
  const [request] = requests;
  const lines = Array.from({ length: (request?.rawHeaders.length ?? 0) / 2 }, (_, i) => {
    return request?.rawHeaders.slice(2 * i, 2 * i + 2).join(": ");
  });
  expect(lines).toEqual([
    "X-Scope-OrgID: tenant-1",
    "Content-Encoding: snappy",
    "Content-Type: application/x-protobuf",
    `User-Agent: otel-remote-write/${version}`,
    "X-Prometheus-Remote-Write-Version: 0.1.0",
    "Retry-Attempt: 2",
    `Content-Length: ${request?.body.length}`,
    `Host: ${new URL(url).host}`,
    "Connection: keep-alive",
  ]);
});

describe.each(transports)("over $transport", ({ fetch }) => {
  async function received(options: Omit<RemoteWriteClientOptions, "url">, path = "/api/v1/write") {
    const { url, requests } = await startServer((response) => response.writeHead(204).end());
    await createFixedClient({ url: url + path, fetch, ...options }).send(oneSample);
    const [request] = requests;
    if (request === undefined || requests.length > 1) throw new Error("not exactly one request");
    return request;
  }

  test("W1.2 W2.3 H12: it is a POST to the URL as given, query included", async () => {
    const request = await received({}, "/a/b%20c/write?api-version=2023-04-24&x=%2F&flag");
    expect(request.method).toBe("POST");
    expect(request.target).toBe("/a/b%20c/write?api-version=2023-04-24&x=%2F&flag");
  });

  test("W1.4 H2: the headers of 1.0", async () => {
    expect((await received({})).headers).toMatchObject({
      "content-encoding": "snappy",
      "content-type": "application/x-protobuf",
      "user-agent": `otel-remote-write/${version}`,
      "x-prometheus-remote-write-version": "0.1.0",
    });
  });

  test("W2.4 to W2.10 H2: the headers of 2.0, without a space after the semicolon", async () => {
    const request = await received({ protobufMessage: "io.prometheus.write.v2.Request" });
    expect(request.headers).toMatchObject({
      "content-encoding": "snappy",
      "content-type": "application/x-protobuf;proto=io.prometheus.write.v2.Request",
      "user-agent": `otel-remote-write/${version}`,
      "x-prometheus-remote-write-version": "2.0.0",
    });
  });

  test("H7: Retry-Attempt goes out on retries only", async () => {
    const { url, requests } = await startServer((response) => response.writeHead(204).end());
    const client = createFixedClient({ url, fetch });
    for (const attempt of [undefined, 0, 1, 5]) await client.send(oneSample, { attempt });
    expect(requests.map(({ headers }) => headers["retry-attempt"])).toEqual([undefined, undefined, "1", "5"]);
  });

  test("W1.1 W1.6: the body is the encoded batch in snappy's block format, with its length", async () => {
    const request = await received({});
    expect(new TextDecoder().decode(snappyDecode(request.body))).toBe("encoded batch");
    expect(request.headers["content-length"]).toBe(String(request.body.length));
    expect(request.headers["transfer-encoding"]).toBeUndefined();
  });

  test("the batch is asked for the message that is sent", async () => {
    const { url } = await startServer((response) => response.writeHead(204).end());
    const asked: string[] = [];
    const batch = {
      ...oneSample,
      encode: (message: string) => {
        asked.push(message);
        return new Uint8Array();
      },
    };
    for (const protobufMessage of ["io.prometheus.write.v2.Request", "prometheus.WriteRequest"] as const) {
      await createFixedClient({ url, fetch, protobufMessage }).send(batch);
    }
    expect(asked).toEqual(["io.prometheus.write.v2.Request", "prometheus.WriteRequest"]);
  });

  test("the batch is encoded before send returns, so that it may change afterwards", async () => {
    const { url, requests } = await startServer((response) => response.writeHead(204).end());
    const bytes = Uint8Array.of(1, 2, 3);
    const sent = createFixedClient({ url, fetch }).send({ ...oneSample, encode: () => bytes });
    bytes.fill(9);
    await sent;
    expect([...snappyDecode(requests[0]?.body ?? bytes)]).toEqual([1, 2, 3]);
  });

  test("a codec of one's own compresses the body and names itself", async () => {
    const codec = { name: "reversed", compress: (bytes: Uint8Array) => bytes.toReversed() };
    const request = await received({ codec });
    expect(request.headers["content-encoding"]).toBe("reversed");
    expect(request.body.toString()).toBe("hctab dedocne");
  });

  test("several batches under way at once each get their own answer", async () => {
    const { url } = await startServer((response, { body }) => {
      response.writeHead(200 + Number(new TextDecoder().decode(snappyDecode(body)))).end();
    });
    const client = createFixedClient({ url, fetch });
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const outcomes = await Promise.all(
      numbers.map(async (number) =>
        client.send({ ...oneSample, encode: () => new TextEncoder().encode(String(number)) }),
      ),
    );
    const statuses = outcomes.map((outcome) => outcome.kind === "acknowledged" && outcome.status - 200);
    expect(statuses).toEqual(numbers);
  });
});
