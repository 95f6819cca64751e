import { toBinary } from "@bufbuild/protobuf";
import { toRequest, toWriteRequest } from "@otel-remote-write/prompb";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import { RequestSchema } from "@otel-remote-write/prompb/v2";
import { createTranslator } from "@otel-remote-write/translator";
import { snappyjs } from "./codecs.mjs";
import { seriesCounter } from "./count-series.mjs";

/** @import { TimeSeries } from "@otel-remote-write/prompb" */
/** @import { ProtobufMessage } from "@otel-remote-write/transport" */
/** @import { Subject } from "./subject.ts" */

/** @type {Record<ProtobufMessage, (timeSeries: readonly TimeSeries[]) => Uint8Array>} */
const encoders = {
  "prometheus.WriteRequest": (timeSeries) => toBinary(WriteRequestSchema, toWriteRequest(timeSeries)),
  "io.prometheus.write.v2.Request": (timeSeries) => toBinary(RequestSchema, toRequest(timeSeries)),
};

/**
 * What a sender would cost that makes generated messages of the translation and lets the generated code write them.
 *
 * @param {ProtobufMessage} message
 * @returns {Subject}
 */
export function createGeneratedSubject(message) {
  const translator = createTranslator();
  return {
    countSeries: seriesCounter(message),
    prepare: (metrics) => () => ({
      bodies: [snappyjs.compress(encoders[message](translator.translate(metrics).timeSeries))],
    }),
  };
}
