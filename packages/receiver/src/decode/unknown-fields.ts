import type { DescMessage, Message } from "@bufbuild/protobuf";

/** The places of fields that the message's definition does not have, such as `timeseries[3].samples[0]: field 9`. */
export function findUnknownFields(schema: DescMessage, message: Message, path = ""): string[] {
  const found = (message.$unknown ?? []).map(({ no }) => `${path === "" ? schema.name : path}: field ${no}`);
  const members = message as unknown as Record<string, Message | readonly Message[] | undefined>;
  for (const field of schema.fields) {
    if (field.message === undefined) continue;
    const value = members[field.localName];
    if (value === undefined) continue;
    const prefix = path === "" ? field.name : `${path}.${field.name}`;
    if ("$typeName" in value) found.push(...findUnknownFields(field.message, value, prefix));
    else {
      for (const [i, item] of value.entries()) {
        if (item.$unknown !== undefined || hasMessages(field.message)) {
          found.push(...findUnknownFields(field.message, item, `${prefix}[${i}]`));
        }
      }
    }
  }
  return found;
}

function hasMessages(schema: DescMessage): boolean {
  return schema.fields.some((field) => field.message !== undefined);
}
