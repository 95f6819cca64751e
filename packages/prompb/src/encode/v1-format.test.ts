import { fromBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryTimeSeries, emptyHistogram, emptySeries, roundOf } from "../arbitrary.test-support.js";
import { WriteRequestSchema } from "../gen/prometheus/write_request_pb.js";
import { toWriteRequest } from "../message/write-request.js";
import { customBucketsSchema, type TimeSeries } from "../model/index.js";
import { createWriteRequestEncoder } from "./round-encoder.js";

function oneSample(value: number, timestamp = 0): TimeSeries {
  return { ...emptySeries, samples: [{ value, timestamp, startTimestamp: 1 }] };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

describe("createWriteRequestEncoder", () => {
  it("P1: decodes to the message of the generated types, for any time series", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, (timeSeries) => {
        const decoded = fromBinary(
          WriteRequestSchema,
          createWriteRequestEncoder().encode(roundOf(timeSeries)),
        );
        expect(decoded).toEqual(toWriteRequest(timeSeries));
      }),
    );
  });

  it("TR18: leaves histograms with custom buckets out", () => {
    const histograms = [{ ...emptyHistogram, schema: customBucketsSchema, customValues: [1] }];
    const round = roundOf([{ ...emptySeries, histograms }]);
    expect(createWriteRequestEncoder().encode(round)).toHaveLength(0);
  });

  it("P6: has the bytes that the format asks for", () => {
    const fields = [
      ["0a1e", "a series of 30 bytes"],
      ["0a060a0161120162", 'the label a="b"'],
      ["1214", "a sample of 20 bytes"],
      ["09000000000000f03f", "the value 1"],
      ["10ffffffffffffffffff01", "the timestamp -1"],
    ];
    const expected = fields.map(([bytes]) => bytes).join("");
    expect(hex(createWriteRequestEncoder().encode(roundOf([oneSample(1, -1)])))).toBe(expected);
  });

  it("W1.23, P3: writes a stale marker as the bits 0x7ff0000000000002", () => {
    const stale = { ...oneSample(0), samples: [{ value: 0, timestamp: 1, stale: true }] };
    expect(hex(createWriteRequestEncoder().encode(roundOf([stale])))).toContain("09020000000000f07f");
  });

  it("P4: writes any other NaN as the ordinary one, also one made of a stale marker's bits", () => {
    const [nan = 0] = new Float64Array(new BigUint64Array([0x7ff0_0000_0000_0002n]).buffer);
    expect(hex(createWriteRequestEncoder().encode(roundOf([oneSample(nan)])))).toContain(
      "09000000000000f87f",
    );
  });

  it("TR20: never writes a start timestamp", () => {
    const [series] = fromBinary(
      WriteRequestSchema,
      createWriteRequestEncoder().encode(roundOf([oneSample(5, 7)])),
    ).timeseries;
    expect(series?.samples[0]).toMatchObject({ value: 5, timestamp: 7n });
    expect(series?.samples[0]?.$unknown).toBeUndefined();
  });

  it("P8: turns lone surrogates into U+FFFD", () => {
    const series = { ...oneSample(1), labels: [{ name: "a", value: "x\ud800y" }] };
    const [decoded] = fromBinary(
      WriteRequestSchema,
      createWriteRequestEncoder().encode(roundOf([series])),
    ).timeseries;
    expect(decoded?.labels[0]?.value).toBe("x\ufffdy");
  });
});
