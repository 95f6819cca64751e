import { create, toBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import { RequestSchema } from "@otel-remote-write/prompb/v2";
import { compress } from "snappyjs";

/** Sends a hand-made remote write 1.0 request: what the exporter's own are compared with when a test fails. */
export function postV1(url: string, message: MessageInitShape<typeof WriteRequestSchema>): Promise<Response> {
  const body = toBinary(WriteRequestSchema, create(WriteRequestSchema, message));
  return post(url, body, "application/x-protobuf", "0.1.0");
}

/** The same with remote write 2.0. */
export function postV2(url: string, message: MessageInitShape<typeof RequestSchema>): Promise<Response> {
  const body = toBinary(RequestSchema, create(RequestSchema, message));
  return post(url, body, "application/x-protobuf;proto=io.prometheus.write.v2.Request", "2.0.0");
}

function post(url: string, body: Uint8Array, contentType: string, version: string): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: {
      "content-encoding": "snappy",
      "content-type": contentType,
      "user-agent": "otel-remote-write-e2e/0",
      "x-prometheus-remote-write-version": version,
    },
    body: new Uint8Array(compress(body)),
  });
}
