import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryTimeSeries, emptyHistogram, emptySeries, roundOf } from "../arbitrary.test-support.js";
import { createRequestEncoder } from "../encode/round-encoder.js";
import {
  type Request,
  RequestSchema,
  HistogramSchema,
  TimeSeriesSchema,
} from "../gen/io/prometheus/write/v2/request_pb.js";
import { toRequest } from "../message/request.js";
import type { Exemplar, Metadata, Round, TimeSeries } from "../model/index.js";
import { decodeRequest } from "./decode-request.js";

/** What of time series the message carries: no names of families, which depend on the names of series. */
function carried(timeSeries: readonly TimeSeries[]): unknown {
  return timeSeries.map(({ labels, metadata, samples, histograms, exemplars }) => ({
    labels: labels.map(({ name, value }) => ({ name: name.toWellFormed(), value: value.toWellFormed() })),
    metadata: { type: metadata.type, help: metadata.help.toWellFormed(), unit: metadata.unit.toWellFormed() },
    samples: samples.map(({ value, timestamp, startTimestamp, stale }) => ({
      value: stale === true ? NaN : value,
      timestamp,
      startTimestamp: startTimestamp ?? 0,
      stale: stale ?? false,
    })),
    histograms: histograms.map(({ customValues, startTimestamp, stale, ...rest }) => ({
      ...rest,
      customValues: customValues ?? [],
      startTimestamp: startTimestamp ?? 0,
      stale: stale ?? false,
    })),
    exemplars: exemplars.map((exemplar) => ({
      ...exemplar,
      labels: exemplar.labels.map(({ name, value }) => ({
        name: name.toWellFormed(),
        value: value.toWellFormed(),
      })),
    })),
  }));
}

function timeSeriesOf(round: Round): TimeSeries[] {
  const none: readonly Exemplar[] = [];
  const samples = round.series.map(({ labels, metadata }, i) => ({
    labels,
    metadata,
    samples: [
      {
        value: round.values[i] ?? 0,
        timestamp: round.timestamps[i] ?? 0,
        startTimestamp: round.startTimestamps[i],
        stale: round.staleSamples.has(i),
      },
    ],
    histograms: [],
    exemplars: round.exemplars.get(i) ?? none,
  }));
  const histograms = round.histograms.map(({ series, histogram, exemplars }) => ({
    labels: series.labels,
    metadata: series.metadata,
    samples: [],
    histograms: [histogram],
    exemplars,
  }));
  return [...samples, ...histograms];
}

function decodeGenerated(change: (request: Request) => void): Round {
  const request = toRequest([{ ...emptySeries, samples: [{ value: 1, timestamp: 2 }] }]);
  change(request);
  return decodeRequest(toBinary(RequestSchema, request));
}

/** The Round, or undefined where there is an error of ours. */
function tryDecode(bytes: Uint8Array): Round | undefined {
  try {
    return decodeRequest(bytes);
  } catch (error) {
    if (String(error).includes("not an io.prometheus.write.v2.Request")) return undefined;
    throw error;
  }
}

function isDecodedByGenerated(bytes: Uint8Array): boolean {
  try {
    fromBinary(RequestSchema, bytes);
    return true;
  } catch {
    return false;
  }
}

function named(name: string, metadata: Metadata, points: Partial<TimeSeries>): TimeSeries {
  return { ...emptySeries, labels: [{ name: "__name__", value: name }], metadata, ...points };
}

function sampleOf(name: string, metadata: Metadata): TimeSeries {
  return named(name, metadata, { samples: [{ value: 1, timestamp: 2 }] });
}

function familyOf(name: string, type: Metadata["type"], isNative = false): string | undefined {
  const metadata = { type, help: "", unit: "", familyName: "" };
  const one = isNative ? named(name, metadata, { histograms: [emptyHistogram] }) : sampleOf(name, metadata);
  const { series, histograms } = decodeRequest(createRequestEncoder().encode(roundOf([one])));
  return (series[0] ?? histograms[0]?.series)?.metadata.familyName;
}

function firstOf({ timeseries }: Request): Request["timeseries"][0] {
  return timeseries[0] ?? create(TimeSeriesSchema);
}

describe("decodeRequest", () => {
  it("gives back the Round that was encoded, for any time series", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, (timeSeries) => {
        const round = decodeRequest(createRequestEncoder().encode(roundOf(timeSeries)));
        expect(carried(timeSeriesOf(round))).toEqual(carried(timeSeries));
      }),
    );
  });

  it("reads what the generated types write", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, (timeSeries) => {
        const bytes = toBinary(RequestSchema, toRequest(timeSeries));
        expect(carried(timeSeriesOf(decodeRequest(bytes)))).toEqual(carried(timeSeries));
      }),
    );
  });

  it("gives what encodes to the same bytes again", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, (timeSeries) => {
        const bytes = createRequestEncoder().encode(roundOf(timeSeries)).slice();
        expect(createRequestEncoder().encode(decodeRequest(bytes))).toEqual(bytes);
      }),
    );
  });

  it("W1.23: keeps stale markers of samples and histograms", () => {
    const round = decodeRequest(
      createRequestEncoder().encode(
        roundOf([
          { ...emptySeries, samples: [{ value: 5, timestamp: 1, stale: true }] },
          { ...emptySeries, samples: [{ value: NaN, timestamp: 1 }] },
          { ...emptySeries, histograms: [{ ...emptyHistogram, stale: true }] },
          { ...emptySeries, histograms: [{ ...emptyHistogram, sum: NaN }] },
        ]),
      ),
    );
    expect([...round.staleSamples]).toEqual([0]);
    expect(round.histograms.map(({ histogram }) => histogram.stale ?? false)).toEqual([true, false]);
  });

  it("makes one series of one label set, and one metadata object of one family", () => {
    const metadata = { type: "histogram", help: "h", unit: "s", familyName: "a" } as const;
    const all = ["a_bucket", "a_sum", "a_count", "a_count"].map((name) => sampleOf(name, metadata));
    const { series } = decodeRequest(createRequestEncoder().encode(roundOf(all)));
    expect(series[2]).toBe(series[3]);
    expect(new Set(series.map((each) => each.metadata))).toEqual(new Set([metadata]));
    expect(series[0]?.metadata).toBe(series[2]?.metadata);
  });

  it("tells the names of families, which 2.0 does not send", () => {
    expect(familyOf("a_seconds_bucket", "histogram")).toBe("a_seconds");
    expect(familyOf("a_seconds_count", "histogram", true)).toBe("a_seconds_count");
    expect(familyOf("a_sum", "summary")).toBe("a");
    expect(familyOf("a_bucket", "summary")).toBe("a_bucket");
    expect(familyOf("a_count", "counter")).toBe("a_count");
  });

  it("leaves out fields that it does not know", () => {
    const bytes = toBinary(
      RequestSchema,
      toRequest([{ ...emptySeries, samples: [{ value: 1, timestamp: 2 }] }]),
    );
    // Fields 100 to 103: a varint, eight bytes, a text, four bytes.
    const unknown = [
      [0xa0, 6, 0xff, 1],
      [0xa9, 6, 1, 2, 3, 4, 5, 6, 7, 8],
      [0xb2, 6, 2, 104, 105],
      [0xbd, 6, 1, 2, 3, 4],
    ].flat();
    expect(decodeRequest(Uint8Array.from([...bytes, ...unknown]))).toEqual(decodeRequest(bytes));
  });

  it("refuses what a Round cannot hold, and what refers to nothing", () => {
    expect(() =>
      decodeGenerated((request) => {
        const floats = create(HistogramSchema, { count: { case: "countFloat", value: 1.5 } });
        firstOf(request).histograms.push(floats);
      }),
    ).toThrow("counts with fractions");
    expect(() => decodeGenerated((request) => (firstOf(request).labelsRefs = [1]))).toThrow("no value");
    expect(() => decodeGenerated((request) => (firstOf(request).labelsRefs = [1, 99]))).toThrow("no symbol");
    expect(() => decodeRequest(Uint8Array.of(0x22, 1, 0xff))).toThrow("UTF-8");
  });

  it("gives an error for every message that is cut off inside, and takes no more than it has", () => {
    const bytes = createRequestEncoder()
      .encode(
        roundOf([
          { ...emptySeries, samples: [{ value: 1, timestamp: 2 }] },
          { ...emptySeries, histograms: [{ ...emptyHistogram, positiveDeltas: [1, 2] }] },
        ]),
      )
      .slice();
    for (let length = 0; length < bytes.length; length++) {
      const part = bytes.subarray(0, length);
      const isMessage = tryDecode(part) !== undefined;
      expect(isMessage, `${length} bytes`).toBe(isDecodedByGenerated(part));
    }
    // Claims 2^31 bytes of a symbol, 2^31 packed references, a number without end.
    for (const claim of [
      [0x22, 0x80, 0x80, 0x80, 0x80, 8],
      [0x2a, 7, 0x0a, 0x80, 0x80, 0x80, 0x80, 8, 1],
      [0x22, ...Array.from({ length: 11 }, () => 0x80)],
    ]) {
      expect(() => decodeRequest(Uint8Array.from(claim))).toThrow("not an io.prometheus");
    }
  });

  it("ends, with an error or a Round no larger than the bytes, for any bytes", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, fc.nat(), fc.nat({ max: 255 }), (timeSeries, at, byte) => {
        const bytes = createRequestEncoder().encode(roundOf(timeSeries)).slice();
        bytes[at % bytes.length] = byte;
        const round = tryDecode(bytes);
        expect((round?.sampleCount ?? 0) + (round?.histograms.length ?? 0)).toBeLessThanOrEqual(bytes.length);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(tryDecode(bytes)?.sampleCount ?? 0).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});
