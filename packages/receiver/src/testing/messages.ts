import { create, toBinary, type DescMessage, type MessageInitShape } from "@bufbuild/protobuf";
import {
  WriteRequestSchema,
  type TimeSeriesSchema as TimeSeriesV1Schema,
} from "@otel-remote-write/prompb/v1";
import { RequestSchema, type TimeSeriesSchema as TimeSeriesV2Schema } from "@otel-remote-write/prompb/v2";
import snappy from "snappyjs";

/** What `create()` takes for a message, other than a message itself. */
type Init<Schema extends DescMessage> = Exclude<MessageInitShape<Schema>, { readonly $typeName: string }>;

export type MessageV1 = Init<typeof WriteRequestSchema>;
export type MessageV2 = Init<typeof RequestSchema>;
export type SeriesV1 = Init<typeof TimeSeriesV1Schema>;
export type SeriesV2 = Init<typeof TimeSeriesV2Schema>;

export type Headers = Readonly<Record<string, string>>;

export const headersV1: Headers = {
  "Content-Encoding": "snappy",
  "Content-Type": "application/x-protobuf",
  "User-Agent": "receiver-test/1.0.0",
  "X-Prometheus-Remote-Write-Version": "0.1.0",
};

export const headersV2: Headers = {
  ...headersV1,
  "Content-Type": "application/x-protobuf;proto=io.prometheus.write.v2.Request",
  "X-Prometheus-Remote-Write-Version": "2.0.0",
};

export function encodeV1(message: MessageV1): Uint8Array {
  return toBinary(WriteRequestSchema, create(WriteRequestSchema, message));
}

export function encodeV2(message: MessageV2): Uint8Array {
  return toBinary(RequestSchema, create(RequestSchema, message));
}

export function block(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(snappy.compress(bytes));
}

export function post(url: string, body: Uint8Array<ArrayBuffer>, headers: Headers): Promise<Response> {
  return fetch(url, { method: "POST", headers, body });
}

/** Posts a message of 1.0 with the headers of 1.0. */
export function postV1(url: string, message: MessageV1, headers: Headers = headersV1): Promise<Response> {
  return post(url, block(encodeV1(message)), headers);
}

/** Posts a message of 2.0 with the headers of 2.0. */
export function postV2(url: string, message: MessageV2, headers: Headers = headersV2): Promise<Response> {
  return post(url, block(encodeV2(message)), headers);
}

/** A series of 1.0 with one sample; labels as `[name, value]`, in this order. */
export function seriesV1(labels: readonly [string, string][], timestamp = 1_000, value = 1): SeriesV1 {
  return {
    labels: labels.map(([name, labelValue]) => ({ name, value: labelValue })),
    samples: [{ value, timestamp: BigInt(timestamp) }],
  };
}

/** The series `up` of 1.0 with these samples, as `[timestamp, value]`. */
export function upV1(...samples: readonly [number, number][]): MessageV1 {
  return {
    timeseries: [
      {
        labels: [{ name: "__name__", value: "up" }],
        samples: samples.map(([timestamp, value]) => ({ timestamp: BigInt(timestamp), value })),
      },
    ],
  };
}

/** A message of 2.0 with one gauge of these labels; `more` replaces parts of its series. */
export function gaugeV2(labels: readonly [string, string][], more: SeriesV2 = {}): MessageV2 {
  const symbols = [...new Set(["", ...labels.flat()])];
  return {
    symbols,
    timeseries: [
      {
        labelsRefs: labels.flat().map((text) => symbols.indexOf(text)),
        samples: [{ value: 1, timestamp: 1_000n }],
        metadata: { type: 2 },
        ...more,
      },
    ],
  };
}

/** The series `up` of 2.0; `more` replaces parts of it. */
export function upV2(more: SeriesV2 = {}): MessageV2 {
  return gaugeV2([["__name__", "up"]], more);
}

/** A double to stand in a message for one with other bits. */
export const placeholder = 1234.5678;

/**
 * The encoded message with these bits where the placeholder is. NaNs with a payload can't be written as JavaScript
 * numbers.
 */
export function replacePlaceholder(message: Uint8Array, bits: bigint): Uint8Array {
  const before = new Uint8Array(8);
  new DataView(before.buffer).setFloat64(0, placeholder, true);
  const bytes = message.slice();
  const at = bytes.findIndex((_, i) => before.every((byte, j) => bytes[i + j] === byte));
  if (at === -1) throw new Error("the message has no placeholder");
  new DataView(bytes.buffer).setBigUint64(at, bits, true);
  return bytes;
}
