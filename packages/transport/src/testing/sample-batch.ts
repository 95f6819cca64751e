import { toBinary } from "@bufbuild/protobuf";
import { type TimeSeries, toRequest, toWriteRequest } from "@otel-remote-write/prompb";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import { RequestSchema } from "@otel-remote-write/prompb/v2";
import type { Batch } from "../client/batch.js";

const start = Date.now();

/** A batch of one sample of the counter `name`: that value, at a time that grows with it. */
export function sampleBatch(value: number, name = "sent_total"): Batch {
  const series: TimeSeries = {
    labels: [{ name: "__name__", value: name }],
    metadata: { type: "counter", help: "", unit: "", familyName: name },
    samples: [{ value, timestamp: start + value, startTimestamp: start }],
    histograms: [],
    exemplars: [],
  };
  return {
    counts: { samples: 1, histograms: 0, exemplars: 0 },
    encode: (message) =>
      message === "prometheus.WriteRequest"
        ? toBinary(WriteRequestSchema, toWriteRequest([series]))
        : toBinary(RequestSchema, toRequest([series])),
  };
}
