import { fromBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arbitraryTimeSeries,
  emptyHistogram,
  emptySeries,
  resolveSymbols,
  roundOf,
} from "../arbitrary.test-support.js";
import { RequestSchema } from "../gen/io/prometheus/write/v2/request_pb.js";
import { toRequest } from "../message/request.js";
import { createRequestEncoder } from "./round-encoder.js";

describe("createRequestEncoder", () => {
  it("P1: decodes to the message of the generated types, for any time series", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, (timeSeries) => {
        const decoded = fromBinary(RequestSchema, createRequestEncoder().encode(roundOf(timeSeries)));
        expect(resolveSymbols(decoded)).toEqual(resolveSymbols(toRequest(timeSeries)));
      }),
    );
  });

  it("W2.29, P5: has symbols without repeats, the first one empty, and references in range", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, (timeSeries) => {
        const { symbols, timeseries } = fromBinary(
          RequestSchema,
          createRequestEncoder().encode(roundOf(timeSeries)),
        );
        expect(symbols[0]).toBe("");
        expect(new Set(symbols).size).toBe(symbols.length);
        for (const series of timeseries) {
          expect(series.labelsRefs.length % 2).toBe(0);
          for (const reference of series.labelsRefs) expect(reference).toBeLessThan(symbols.length);
        }
      }),
    );
  });

  it("W2.34, P3: writes stale markers of samples and of histograms as bits", () => {
    const bytes = createRequestEncoder().encode(
      roundOf([
        { ...emptySeries, samples: [{ value: 0, timestamp: 1, stale: true }] },
        { ...emptySeries, histograms: [{ ...emptyHistogram, stale: true }] },
      ]),
    );
    const text = Buffer.from(bytes).toString("hex");
    expect(text).toContain("09020000000000f07f1001");
    expect(text).toContain("19020000000000f07f");
  });
});
