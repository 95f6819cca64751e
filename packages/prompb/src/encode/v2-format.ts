import type { Metadata, Series } from "../model/index.js";
import {
  doubleFieldSize,
  int64FieldSize,
  packedUnsignedSize,
  unsignedFieldSize,
  writeDoubleField,
  writeInt64Field,
  writeLengthTag,
  writePackedUnsigned,
  writeUnsignedField,
} from "./field.js";
import type { MessageFormat } from "./message-format.js";
import { metricTypeNumbers } from "./metric-type-numbers.js";
import { createSymbolTable } from "./symbol-table.js";

/** `io.prometheus.write.v2.Request`: series refer to a table of symbols, which belongs to the batch. */
export function createV2Format(): MessageFormat {
  let table = createSymbolTable();
  /** How many series the table was filled for. */
  let filledFor = 0;
  /** How many symbols there are without those of exemplars, which are other ones each time. */
  let lasting = table.symbols.length;
  /** The metadata written last, and its references. */
  let last: Metadata | undefined;
  let help = 0;
  let unit = 0;

  function references({ labels, metadata }: Series): readonly number[] {
    const known = table.symbols.length;
    const labelsRefs = table.references(labels);
    if (metadata !== last) {
      help = table.reference(metadata.help);
      unit = table.reference(metadata.unit);
      last = metadata;
    }
    if (table.symbols.length > known) lasting = table.symbols.length;
    return labelsRefs;
  }

  return {
    timeSeriesField: 5,
    sampleField: 2,
    histogramField: 3,
    exemplarField: 4,
    hasStartTimestamps: true,
    hasMetadata: true,
    hasCustomBuckets: true,
    begin(seriesCount) {
      table.truncate(lasting);
      // About a quarter of the symbols is unused, when series are alike.
      const isStale = filledFor * 3 > seriesCount * 4;
      if (isStale) {
        table = createSymbolTable();
        lasting = table.symbols.length;
        filledFor = 0;
        last = undefined;
      }
      return !isStale;
    },
    prepareHead: references,
    writeHead(writer, series) {
      filledFor++;
      const type = metricTypeNumbers[series.metadata.type];
      const labelsRefs = references(series);
      writePackedUnsigned(writer, 1, labelsRefs);
      writeLengthTag(
        writer,
        5,
        unsignedFieldSize(1, type) + unsignedFieldSize(3, help) + unsignedFieldSize(4, unit),
      );
      writeUnsignedField(writer, 1, type);
      writeUnsignedField(writer, 3, help);
      writeUnsignedField(writer, 4, unit);
    },
    exemplarSize: ({ labels, value, timestamp }) =>
      packedUnsignedSize(1, table.references(labels)) +
      doubleFieldSize(2, value) +
      int64FieldSize(3, timestamp),
    writeExemplar(writer, { labels, value, timestamp }) {
      writePackedUnsigned(writer, 1, table.references(labels));
      writeDoubleField(writer, 2, value);
      writeInt64Field(writer, 3, timestamp);
    },
    writePreamble: (writer) => table.write(writer),
  };
}
