import fc from "fast-check";
import { expect, test } from "vitest";
import { block, encodeV1, encodeV2, headersV1, headersV2, post, seriesV1, upV2 } from "./testing/messages.js";
import { useReceiver } from "./testing/use-receiver.js";

const receiver = useReceiver();

const histogram = {
  count: { case: "countInt", value: 1n } as const,
  positiveSpans: [{ offset: 1, length: 1 }],
};
const up = seriesV1([["__name__", "up"]]);
const messages = [
  { headers: headersV1, bytes: encodeV1({ timeseries: [{ ...up, histograms: [histogram] }] }) },
  { headers: headersV2, bytes: encodeV2(upV2({ exemplars: [{ value: 1, timestamp: 1n }] })) },
  { headers: headersV2, bytes: encodeV2(upV2({ samples: [], histograms: [histogram] })) },
] as const;

/** Bytes with some of them replaced. */
function spoil(bytes: Uint8Array, changes: readonly [at: number, byte: number][]): Uint8Array<ArrayBuffer> {
  const spoilt = new Uint8Array(bytes);
  for (const [at, byte] of changes) spoilt[at % spoilt.length] = byte;
  return spoilt;
}

const change = fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 255 }));

test.each([
  ["in the message", (bytes, changes) => block(spoil(bytes, changes))],
  ["in the snappy block", (bytes, changes) => spoil(block(bytes), changes)],
] satisfies [string, typeof spoil][])(
  "whatever is wrong %s, the answer is 204, 400 or 413",
  async (_where, send) => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...messages), changes, async ({ headers, bytes }, where) => {
        receiver().reset();
        const { status } = await post(receiver().url, send(bytes, where), headers);
        expect([204, 400, 413]).toContain(status);
        expect(receiver().violations.length > 0).toBe(status === 400);
      }),
      { numRuns: 300 },
    );
  },
);
