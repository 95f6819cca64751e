import { createTranslator } from "@otel-remote-write/translator";
import { seriesCounter } from "./count-series.mjs";
// Not public: how the exporter fills Rounds and encodes them. This is the one place that knows about it.
import { encoderOf } from "../../packages/exporter/dist/batches/batch.js";
import { reuseNumbers } from "../../packages/exporter/dist/batches/reuse-numbers.js";
import { createRoundSink } from "../../packages/exporter/dist/batches/round-sink.js";

/** @import { Codec, ProtobufMessage } from "@otel-remote-write/transport" */
/** @import { Subject } from "./subject.ts" */

const samplesPerRequest = 2000;

/**
 * The parts of the exporter that do the work, put together as it does, without its queue and its turns of the event
 * loop: synchronous, as the peers are.
 *
 * @param {ProtobufMessage} message
 * @param {Codec} codec
 * @returns {Subject}
 */
export function createPipeline(message, codec) {
  const translator = createTranslator();
  const sink = createRoundSink(
    { maxSamplesPerSend: samplesPerRequest, maxBytesPerSend: 3_000_000 },
    () => {},
  );

  return {
    countSeries: seriesCounter(message),
    prepare: (metrics) => () => {
      const started = performance.now();
      const { drops, warnings } = translator.write(metrics, sink);
      const rounds = sink.takeRounds();
      const translated = performance.now();
      let compress = 0;
      const bodies = rounds.map((batchRound) => {
        const { batch, round } = batchRound;
        const bytes = encoderOf(batch, message).encode(round);
        reuseNumbers(batchRound);
        const encoded = performance.now();
        const body = codec.compress(bytes);
        compress += performance.now() - encoded;
        return body;
      });
      const encodeMillis = performance.now() - translated - compress;
      const [problem] = [...drops, ...warnings];
      if (problem !== undefined) throw new Error(JSON.stringify(problem));
      return { bodies, phases: { translate: translated - started, encode: encodeMillis, compress } };
    },
  };
}
