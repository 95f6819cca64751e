import type { Metadata } from "@otel-remote-write/prompb";
import type { DescriptorInput } from "../input/metrics-input.js";
import type { Families, Family } from "../intern/families.js";
import type { Instrument } from "../intern/instrument.js";
import { attributeText } from "../labels/attribute-text.js";
import type { Writing } from "../points/writing.js";

/** What is needed of the call. */
export type FamilyContext<Owned> = Pick<Writing<Owned>, "report" | "options" | "table" | "round">;

/** The metadata of an instrument's family; undefined, and a drop, where it cannot have one (T6, T7). */
export function familyOf<Owned>(
  writing: FamilyContext<Owned>,
  families: Families,
  instrument: Instrument<Owned>,
  descriptor: DescriptorInput,
): Metadata | undefined {
  const { report, options, round } = writing;
  const { name, familyName } = instrument;
  if (familyName === undefined) {
    report.drop(name, "empty_name", `nothing valid is left of the metric name ${JSON.stringify(name)}`);
    return undefined;
  }
  const anew = instrument.description !== descriptor.description && instrument.round !== round;
  if (anew) instrument.description = descriptor.description;
  const family =
    held(instrument.family, round) ?? claim(families, instrument, familyName, instrument.type, round);
  instrument.family = family;
  if (family === undefined) {
    report.drop(
      name,
      "type_conflict",
      `${name} is of type ${instrument.type}, but ${familyName} has another type already`,
    );
    return undefined;
  }
  if (anew && family.owner === instrument) describe(writing, family, instrument);
  else if (conflicts(family.metadata, instrument, descriptor)) {
    report.warn(
      "metadata_conflict",
      name,
      `${name} describes ${familyName} otherwise: the first description is kept`,
    );
  }
  if (options.minMax && instrument.type === "histogram") {
    instrument.minFamily =
      held(instrument.minFamily, round) ?? claim(families, instrument, `${familyName}_min`, "gauge", round);
    instrument.maxFamily =
      held(instrument.maxFamily, round) ?? claim(families, instrument, `${familyName}_max`, "gauge", round);
  }
  return family.metadata;
}

function held(family: Family | undefined, round: number): Family | undefined {
  if (family?.live !== true) return undefined;
  family.round = round;
  return family;
}

function claim<Owned>(
  families: Families,
  instrument: Instrument<Owned>,
  familyName: string,
  type: Metadata["type"],
  round: number,
): Family | undefined {
  const help = attributeText(instrument.description);
  return families.claim(instrument, { type, help, unit: instrument.unit, familyName }, round);
}

function describe<Owned>(
  { table }: FamilyContext<Owned>,
  family: Family,
  instrument: Instrument<Owned>,
): void {
  const now = { ...family.metadata, help: attributeText(instrument.description) };
  table.describe(family.metadata, now);
  family.metadata = now;
}

/** Whether both say something, and not the same. */
function conflicts<Owned>(
  metadata: Metadata,
  { unit }: Instrument<Owned>,
  { description }: DescriptorInput,
): boolean {
  if (unit !== metadata.unit && unit !== "" && metadata.unit !== "") return true;
  if (description === metadata.help) return false;
  const help = attributeText(description);
  return help !== metadata.help && help !== "" && metadata.help !== "";
}
