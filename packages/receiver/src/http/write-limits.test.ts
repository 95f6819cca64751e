import { describe, expect, test } from "vitest";
import { block, encodeV1, headersV1, post, postV1, postV2, upV1, upV2 } from "../testing/messages.js";
import { brokenRules, useReceiver } from "../testing/use-receiver.js";

describe("a receiver with small limits", () => {
  const receiver = useReceiver({ limits: { requestBytes: 50, messageBytes: 100 } });

  test("a body over the limit is answered 413 and not kept", async () => {
    const response = await post(receiver().url, new Uint8Array(1_000_000), headersV1);
    expect([response.status, await response.text()]).toEqual([413, "the body has more than 50 bytes\n"]);
    expect(receiver().requests).toMatchObject([{ status: 413, body: new Uint8Array() }]);
    expect(brokenRules(receiver())).toEqual([]);
  });

  test("a message over the limit is answered 413, however small it is compressed", async () => {
    const message = encodeV1(upV1([1_000, 1]));
    const padded = block(new Uint8Array([...message, ...new Uint8Array(101)]));
    expect(padded.length).toBeLessThan(50);
    const response = await post(receiver().url, padded, headersV1);
    expect(response.status).toBe(413);
    expect(await response.text()).toContain("the limit is 100");
    expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(204);
  });
});

describe("a receiver of 1.0 only", () => {
  const receiver = useReceiver({ accept: ["prometheus.WriteRequest"] });

  test("W2.18: it answers 415 to 2.0, names what it takes, and finds no fault", async () => {
    const response = await postV2(receiver().url, upV2());
    expect(response.status).toBe(415);
    expect(await response.text()).toContain("accepted: prometheus.WriteRequest");
    expect(response.headers.get("x-prometheus-remote-write-samples-written")).toBeNull();
    expect(brokenRules(receiver())).toEqual([]);
    expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(204);
  });

  test("it can be told to be one that takes 2.0 for its own and stores nothing", async () => {
    receiver().answer({ status: 204, written: false });
    const response = await postV2(receiver().url, upV2());
    expect(response.status).toBe(204);
    expect(response.headers.get("x-prometheus-remote-write-samples-written")).toBeNull();
    expect(receiver().series()).toEqual([]);
  });
});
