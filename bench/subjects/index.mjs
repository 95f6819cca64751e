import { hysnappy, snappyjs } from "./codecs.mjs";
import { createExporterSubject } from "./exporter.mjs";
import { createGeneratedSubject } from "./generated.mjs";
import { createOtlpSubject } from "./otlp.mjs";
import { createPipeline } from "./pipeline.mjs";
import { createPrometheusRemoteWriteSubject } from "./prometheus-remote-write.mjs";
import { createPrometheusTextSubject } from "./prometheus-text.mjs";

/** @import { Subject } from "./subject.ts" */

const v1 = "prometheus.WriteRequest";
const v2 = "io.prometheus.write.v2.Request";

/** Makes each subject, with nothing cached. */
const subjects = {
  "2.0 + snappyjs": () => createPipeline(v2, snappyjs),
  "2.0 + hysnappy": () => createPipeline(v2, hysnappy),
  "1.0 + snappyjs": () => createPipeline(v1, snappyjs),
  "1.0 + hysnappy": () => createPipeline(v1, hysnappy),
  "2.0 + snappyjs, whole exporter": () => createExporterSubject(v2, snappyjs),
  "OTLP protobuf": () => createOtlpSubject({ gzip: false }),
  "OTLP protobuf + gzip": () => createOtlpSubject({ gzip: true }),
  "OTLP JSON + gzip": () => createOtlpSubject({ json: true, gzip: true }),
  "Prometheus text (pull)": () => createPrometheusTextSubject(),
  "prometheus-remote-write": () => createPrometheusRemoteWriteSubject(),
  "2.0 by generated types + snappyjs": () => createGeneratedSubject(v2),
  "1.0 by generated types + snappyjs": () => createGeneratedSubject(v1),
};

/** @typedef {keyof typeof subjects} SubjectName */

/** @type {(name: SubjectName) => Subject} */
export function createSubject(name) {
  return subjects[name]();
}

export const subjectNames = /** @type {SubjectName[]} */ (Object.keys(subjects));
