import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import type { MessageType } from "../message-type.js";

/** The bits of a stale marker (W1.23). */
export const staleMarkerBits = 0x7ff0000000000002n;

/** A point that can hold a NaN: a sample's value, a histogram's sum, an exemplar's value. */
type PointKind = "sample" | "histogram" | "exemplar";

/** The bits of every NaN among the points of a message. */
export interface NanBits {
  /** Undefined where the value is a number. */
  bitsOf(series: number, kind: PointKind, index: number): bigint | undefined;
}

/** Where the points stand: the field of the series in the message, then of a kind in the series, then of its value. */
interface Layout {
  readonly series: number;
  readonly points: ReadonlyMap<number, { readonly kind: PointKind; readonly value: number }>;
}

const layouts: Record<MessageType, Layout> = {
  "prometheus.WriteRequest": {
    series: 1,
    points: new Map([
      [2, { kind: "sample", value: 1 }],
      [3, { kind: "exemplar", value: 2 }],
      [4, { kind: "histogram", value: 3 }],
    ]),
  },
  "io.prometheus.write.v2.Request": {
    series: 5,
    points: new Map([
      [2, { kind: "sample", value: 1 }],
      [3, { kind: "histogram", value: 3 }],
      [4, { kind: "exemplar", value: 2 }],
    ]),
  },
};

/**
 * Reads the bits of NaNs from the encoded message. They can't be had from the decoded one: engines may change the
 * bits of a NaN that becomes a JavaScript number, and the bits are what makes a stale marker.
 */
export function readNanBits(bytes: Uint8Array, type: MessageType): NanBits {
  const layout = layouts[type];
  const found = new Map<string, bigint>();
  let series = 0;
  forEachMessage(bytes, (field, body) => {
    if (field !== layout.series) return;
    const next = { sample: 0, histogram: 0, exemplar: 0 };
    forEachMessage(body, (pointField, point) => {
      const place = layout.points.get(pointField);
      if (place === undefined) return;
      const bits = doubleBits(point, place.value);
      if (isNan(bits)) found.set(`${series}/${place.kind}/${next[place.kind]}`, bits);
      next[place.kind]++;
    });
    series++;
  });
  return { bitsOf: (at, kind, index) => found.get(`${at}/${kind}/${index}`) };
}

function forEachMessage(bytes: Uint8Array, visit: (field: number, body: Uint8Array) => void): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (wireType === WireType.LengthDelimited) visit(field, reader.bytes());
    else reader.skip(wireType, field);
  }
}

/** A double field's bits; 0 when it is absent. */
function doubleBits(bytes: Uint8Array, wanted: number): bigint {
  const reader = new BinaryReader(bytes);
  let bits = 0n;
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === wanted && wireType === WireType.Bit64) bits = BigInt(reader.fixed64());
    else reader.skip(wireType, field);
  }
  return bits;
}

function isNan(bits: bigint): boolean {
  return (bits & 0x7ff0000000000000n) === 0x7ff0000000000000n && (bits & 0xfffffffffffffn) !== 0n;
}
