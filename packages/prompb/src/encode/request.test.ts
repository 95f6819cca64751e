import { fromBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryTimeSeries, emptyHistogram, emptySeries, roundOf } from "../arbitrary.test-support.js";
import { type Request, RequestSchema } from "../gen/io/prometheus/write/v2/request_pb.js";
import { toRequest } from "../message/request.js";
import { encodeRequest } from "./request.js";

/** The message with its references replaced by what they stand for: the order of symbols is free. */
function resolved(request: Request): unknown {
  const symbol = (index: number): string | undefined => request.symbols[index];
  return request.timeseries.map((series) => ({
    ...series,
    labelsRefs: series.labelsRefs.map(symbol),
    exemplars: series.exemplars.map((exemplar) => ({
      ...exemplar,
      labelsRefs: exemplar.labelsRefs.map(symbol),
    })),
    metadata: series.metadata && {
      ...series.metadata,
      helpRef: symbol(series.metadata.helpRef),
      unitRef: symbol(series.metadata.unitRef),
    },
  }));
}

describe("encodeRequest", () => {
  it("P1: decodes to the message of the generated types, for any time series", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, (timeSeries) => {
        const decoded = fromBinary(RequestSchema, encodeRequest(roundOf(timeSeries)));
        expect(resolved(decoded)).toEqual(resolved(toRequest(timeSeries)));
      }),
    );
  });

  it("W2.29, P5: has symbols without repeats, the first one empty, and references in range", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, (timeSeries) => {
        const { symbols, timeseries } = fromBinary(RequestSchema, encodeRequest(roundOf(timeSeries)));
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
    const bytes = encodeRequest(
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
