import { createTranslator } from "@otel-remote-write/translator";
import remoteWrite from "prometheus-remote-write";
import { seriesCounter } from "./count-series.mjs";

/** @import { TimeSeries } from "@otel-remote-write/prompb" */
/** @import { Subject } from "./subject.ts" */

const answer = { status: 200, statusText: "OK", text: async () => "" };

/**
 * The npm package prometheus-remote-write, from its own input (which is made of the same series, not measured) to the
 * body that it gives to `fetch`.
 *
 * @returns {Subject}
 */
export function createPrometheusRemoteWriteSubject() {
  const translator = createTranslator();
  return {
    countSeries: seriesCounter("prometheus.WriteRequest"),
    prepare(metrics) {
      const input = translator.translate(metrics).timeSeries.map(toInput);
      return async () => {
        /** @type {Uint8Array[]} */
        const bodies = [];
        await remoteWrite.pushTimeseries(input, {
          url: "http://127.0.0.1:9/api/v1/write",
          fetch: async (_url, init) => {
            bodies.push(/** @type {Uint8Array} */ (/** @type {unknown} */ (init?.body)));
            return answer;
          },
        });
        return { bodies };
      };
    },
  };
}

/** @param {TimeSeries} timeSeries */
function toInput({ labels, samples }) {
  return {
    labels: /** @type {{ __name__: string }} */ (
      Object.fromEntries(labels.map(({ name, value }) => [name, value]))
    ),
    samples: samples.map(({ value, timestamp }) => ({ value, timestamp })),
  };
}
