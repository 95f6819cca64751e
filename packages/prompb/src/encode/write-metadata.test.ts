import { create, fromBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryMetadata } from "../arbitrary.test-support.js";
import {
  MetricMetadata_MetricType as Type,
  MetricMetadataSchema,
  WriteRequestSchema,
} from "../gen/prometheus/write_request_pb.js";
import type { MetricType } from "../model/index.js";
import { encodeMetadata } from "./write-metadata.js";

const types: Record<MetricType, Type> = {
  unknown: Type.UNKNOWN,
  counter: Type.COUNTER,
  gauge: Type.GAUGE,
  histogram: Type.HISTOGRAM,
  gaugehistogram: Type.GAUGEHISTOGRAM,
  summary: Type.SUMMARY,
  info: Type.INFO,
  stateset: Type.STATESET,
};

describe("encodeMetadata", () => {
  it("P1: decodes to the message of the generated types, for any families", () => {
    fc.assert(
      fc.property(fc.array(arbitraryMetadata, { maxLength: 20 }), (families) => {
        const metadata = families.map(({ type, familyName, help, unit }) =>
          create(MetricMetadataSchema, { type: types[type], metricFamilyName: familyName, help, unit }),
        );
        const expected = create(WriteRequestSchema, { metadata });
        expect(fromBinary(WriteRequestSchema, encodeMetadata(families))).toEqual(expected);
      }),
    );
  });

  it("P6: leaves out what is empty", () => {
    const bytes = encodeMetadata([{ type: "unknown", familyName: "up", help: "", unit: "" }]);
    expect(Buffer.from(bytes).toString("hex")).toBe("1a0412027570");
  });

  it("P8: turns lone surrogates into U+FFFD", () => {
    const bytes = encodeMetadata([{ type: "gauge", familyName: "up", help: "x\ud800", unit: "" }]);
    expect(fromBinary(WriteRequestSchema, bytes).metadata[0]?.help).toBe("x\ufffd");
  });
});
