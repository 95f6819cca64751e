import { create, toBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import { RequestSchema } from "@otel-remote-write/prompb/v2";
import snappy from "snappyjs";

/** A message of 1.0, encoded. */
export function encodeV1(message: MessageInitShape<typeof WriteRequestSchema>): Uint8Array {
  return toBinary(WriteRequestSchema, create(WriteRequestSchema, message));
}

/** A message of 2.0, encoded. */
export function encodeV2(message: MessageInitShape<typeof RequestSchema>): Uint8Array {
  return toBinary(RequestSchema, create(RequestSchema, message));
}

export const headersV1: Readonly<Record<string, string>> = {
  "Content-Encoding": "snappy",
  "Content-Type": "application/x-protobuf",
  "User-Agent": "receiver-test/1.0.0",
  "X-Prometheus-Remote-Write-Version": "0.1.0",
};

export const headersV2: Readonly<Record<string, string>> = {
  ...headersV1,
  "Content-Type": "application/x-protobuf;proto=io.prometheus.write.v2.Request",
  "X-Prometheus-Remote-Write-Version": "2.0.0",
};

/** Compresses and posts a message with the headers of 1.0. */
export function postV1(
  url: string,
  message: MessageInitShape<typeof WriteRequestSchema> | Uint8Array,
  headers: Readonly<Record<string, string>> = headersV1,
): Promise<Response> {
  const bytes = message instanceof Uint8Array ? message : encodeV1(message);
  return fetch(url, { method: "POST", headers, body: block(bytes) });
}

/** Compresses and posts a message with the headers of 2.0. */
export function postV2(
  url: string,
  message: MessageInitShape<typeof RequestSchema> | Uint8Array,
  headers: Readonly<Record<string, string>> = headersV2,
): Promise<Response> {
  const bytes = message instanceof Uint8Array ? message : encodeV2(message);
  return fetch(url, { method: "POST", headers, body: block(bytes) });
}

export function block(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(snappy.compress(bytes));
}
