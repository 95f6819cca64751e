import type { Metadata } from "@otel-remote-write/prompb";

/** What is known of a family under another name; one object for all its series. */
export type RenamedMetadata = (metadata: Metadata, from: string, to: string) => Metadata;

/**
 * A series that is renamed takes its family along: `x_bucket` of `x`, renamed to `y_bucket`, is of `y`. Where its suffix
 * is lost, it is a family of its own, and no longer a part of a histogram or summary.
 */
export function createRenamedMetadata(): RenamedMetadata {
  const known = new WeakMap<Metadata, Map<string, Metadata>>();
  return (metadata, from, to) => {
    if (from === to) return metadata;
    const { familyName, type } = metadata;
    const suffix = from.startsWith(familyName) ? from.slice(familyName.length) : "";
    const keepsSuffix = to.endsWith(suffix) && to.length > suffix.length;
    const family = keepsSuffix ? to.slice(0, to.length - suffix.length) : to;
    const isPart = suffix !== "" && !keepsSuffix;
    const names = known.get(metadata) ?? new Map<string, Metadata>();
    known.set(metadata, names);
    const key = `${isPart} ${family}`;
    const renamed = names.get(key) ?? { ...metadata, familyName: family, type: isPart ? "unknown" : type };
    names.set(key, renamed);
    return renamed;
  };
}
