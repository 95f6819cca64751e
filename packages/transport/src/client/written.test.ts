import { describe, expect, test } from "vitest";
import { oneSample, startServer, transports } from "../testing/loopback.js";
import { createRemoteWriteClient } from "./remote-write-client.js";
import type { ProtobufMessage } from "../message/protobuf-message.js";

const v1: ProtobufMessage = "prometheus.WriteRequest";
const v2: ProtobufMessage = "io.prometheus.write.v2.Request";
const samplesWritten = "X-Prometheus-Remote-Write-Samples-Written";
const histogramsWritten = "X-Prometheus-Remote-Write-Histograms-Written";
const exemplarsWritten = "X-Prometheus-Remote-Write-Exemplars-Written";

describe.each(transports)("over $transport", ({ fetch }) => {
  async function answer(
    protobufMessage: ProtobufMessage,
    headers: Record<string, string>,
    { status = 200, batch = oneSample } = {},
  ) {
    const { url } = await startServer((response) => response.writeHead(status, headers).end());
    return await createRemoteWriteClient({ url, fetch, protobufMessage }).send(batch);
  }

  test("W2.14 H10: the counts come with the outcome, whatever was sent", async () => {
    const headers = { [samplesWritten]: "5", [histogramsWritten]: "0", [exemplarsWritten]: "12" };
    expect(await answer(v2, headers)).toEqual({
      kind: "acknowledged",
      status: 200,
      message: v2,
      written: { samples: 5, histograms: 0, exemplars: 12 },
    });
  });

  test.each([200, 202, 204])(
    "W2.15 H10: 2.0, %d and no Written header: nothing was stored",
    async (status) => {
      const outcome = await answer(v2, {}, { status });
      expect(outcome).toMatchObject({
        kind: "refused",
        reason: "nothing_written",
        status,
        written: undefined,
      });
      expect(outcome).toHaveProperty("error.message", expect.stringContaining("stored nothing"));
    },
  );

  test.each([samplesWritten, histogramsWritten, exemplarsWritten])(
    "W2.15: %s alone is enough, 0 too",
    async (name) => {
      expect(await answer(v2, { [name]: "0" })).toMatchObject({ kind: "acknowledged" });
    },
  );

  test("W2.15: an empty batch needs no Written header", async () => {
    const batch = { ...oneSample, counts: { samples: 0, histograms: 0, exemplars: 0 } };
    expect(await answer(v2, {}, { batch })).toMatchObject({ kind: "acknowledged" });
  });

  test.each(["samples", "histograms", "exemplars"])(
    "W2.15: a batch with only %s is not empty",
    async (kind) => {
      const batch = { ...oneSample, counts: { samples: 0, histograms: 0, exemplars: 0, [kind]: 1 } };
      expect(await answer(v2, {}, { batch })).toMatchObject({ reason: "nothing_written" });
    },
  );

  test("W2.13 W2.16: 1.0 and no Written header says nothing", async () => {
    expect(await answer(v1, {})).toMatchObject({ kind: "acknowledged", message: v1, written: undefined });
  });

  test.each([400, 500])("W2.24: a %d may come with a partial write", async (status) => {
    const outcome = await answer(v2, { [samplesWritten]: "3" }, { status });
    expect(outcome).toHaveProperty("written", { samples: 3, histograms: undefined, exemplars: undefined });
  });

  test.each([
    ["9223372036854775807", 2 ** 63],
    ["007", 7],
    ["9223372036854775808", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["1e3", undefined],
    ["five", undefined],
    ["3, 4", undefined],
  ])("H10: a count is a 64-bit integer: %j", async (text, samples) => {
    const outcome = await answer(v2, { [samplesWritten]: text });
    expect(outcome).toMatchObject({ kind: "acknowledged", written: { samples } });
  });
});

async function hiddenByCors(): Promise<Response> {
  const response = new Response(null, { status: 204 });
  Object.defineProperty(response, "type", { value: "cors" });
  return Promise.resolve(response);
}

async function opaqueRedirect(): Promise<Response> {
  // Of the same shape: status 0, nothing to see.
  return Promise.resolve(Response.error());
}

test("H10: where CORS hides the headers, their absence says nothing", async () => {
  const client = createRemoteWriteClient({
    url: "http://localhost/",
    fetch: hiddenByCors,
    protobufMessage: v2,
  });
  expect(await client.send(oneSample)).toMatchObject({ kind: "acknowledged", written: undefined });
});

test("a redirect that a browser hides is refused", async () => {
  const outcome = await createRemoteWriteClient({ url: "http://localhost/", fetch: opaqueRedirect }).send(
    oneSample,
  );
  expect(outcome).toMatchObject({ kind: "refused", reason: "redirect", status: 0 });
  expect(outcome).toHaveProperty("error.message", expect.stringContaining("/: the receiver redirects"));
});
