import type { Metadata } from "@otel-remote-write/prompb";

/** Metadata by family, which 1.0 sends apart from the series. */
export interface FamilyStore {
  set(metadata: Metadata): void;
  /** The family that a series of this name belongs to. */
  find(seriesName: string): Metadata | undefined;
  list(): Metadata[];
  clear(): void;
}

const suffixes = /_(?:bucket|sum|count|gsum|gcount)$/;

export function createFamilyStore(maxFamilies: number): FamilyStore {
  const families = new Map<string, Metadata>();
  return {
    set(metadata): void {
      families.delete(metadata.familyName);
      families.set(metadata.familyName, metadata);
      const oldest = families.keys().next();
      if (families.size > maxFamilies && oldest.done !== true) families.delete(oldest.value);
    },
    find: (name) => families.get(name) ?? families.get(name.replace(suffixes, "")),
    list: () => [...families.values()],
    clear: () => families.clear(),
  };
}
