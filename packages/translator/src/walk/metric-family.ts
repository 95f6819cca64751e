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
  context: FamilyContext<Owned>,
  families: Families,
  instrument: Instrument<Owned>,
  descriptor: DescriptorInput,
): Metadata | undefined {
  const { report, options, round } = context;
  const { name, familyName, type } = instrument;
  if (familyName === undefined) {
    report.drop(name, "empty_name", `nothing valid is left of the metric name ${JSON.stringify(name)}`);
    return undefined;
  }
  const { description } = descriptor;
  // Where two descriptors describe one instrument in one round, the first one's description counts.
  const isDescribedAnew = description !== instrument.description && instrument.round !== round;
  if (isDescribedAnew) instrument.description = description;

  function keepOrClaim(
    held: Family | undefined,
    ofName: string,
    ofType: Metadata["type"],
  ): Family | undefined {
    if (held?.live !== true) return claim(context, families, instrument, ofName, ofType);
    held.round = round;
    if (isDescribedAnew && held.owner === instrument) describe(context, held, instrument);
    return held;
  }

  const family = keepOrClaim(instrument.family, familyName, type);
  instrument.family = family;
  if (family === undefined) return undefined;
  if (conflicts(family.metadata, instrument, descriptor)) {
    const detail = `${name} describes ${familyName} otherwise: the first description is kept`;
    report.warn("metadata_conflict", name, detail);
  }
  if (options.minMax && type === "histogram") {
    instrument.minFamily = keepOrClaim(instrument.minFamily, `${familyName}_min`, "gauge");
    instrument.maxFamily = keepOrClaim(instrument.maxFamily, `${familyName}_max`, "gauge");
  }
  return family.metadata;
}

function claim<Owned>(
  { report, round }: FamilyContext<Owned>,
  families: Families,
  instrument: Instrument<Owned>,
  familyName: string,
  type: Metadata["type"],
): Family | undefined {
  const { name, unit, description } = instrument;
  const family = families.claim(
    instrument,
    { type, help: attributeText(description), unit, familyName },
    round,
  );
  if (family === undefined) {
    const detail = `${name} makes ${familyName} of type ${type}, which has another type already`;
    report.drop(name, "type_conflict", detail);
  }
  return family;
}

function describe<Owned>(
  { table }: FamilyContext<Owned>,
  family: Family,
  { description }: Instrument<Owned>,
): void {
  const now = { ...family.metadata, help: attributeText(description) };
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
