import { fromBinary } from "@bufbuild/protobuf";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import { RequestSchema } from "@otel-remote-write/prompb/v2";
import snappy from "snappyjs";

/** @import { ProtobufMessage } from "@otel-remote-write/transport" */

const schemas = {
  "prometheus.WriteRequest": WriteRequestSchema,
  "io.prometheus.write.v2.Request": RequestSchema,
};

/**
 * Counts the series in remote-write requests, so that no subject is fast because it leaves something out.
 *
 * @param {ProtobufMessage} message
 * @returns {(bodies: readonly Uint8Array[]) => number}
 */
export function seriesCounter(message) {
  return (bodies) => {
    let count = 0;
    for (const body of bodies) {
      for (const { samples, histograms } of fromBinary(schemas[message], snappy.uncompress(body)).timeseries)
        count += samples.length + histograms.length;
    }
    return count;
  };
}
