import { keyOf } from "../sending/quarantine.js";
import type { Suspicion, Suspicions } from "../sending/suspects.js";

/** Beyond this the first ones are forgotten: a search for them begins anew. */
const maxSeries = 50_000;

/** Suspicions that are known by the labels: series that are read back are other objects in each record. */
export function createSuspicionsByLabels(): Suspicions {
  const suspicions = new Map<string, Suspicion>();
  return {
    get: (series) => suspicions.get(keyOf(series)),
    set(series, suspicion) {
      suspicions.set(keyOf(series), suspicion);
      const [first] = suspicions.keys();
      if (suspicions.size > maxSeries && first !== undefined) suspicions.delete(first);
    },
    delete: (series) => suspicions.delete(keyOf(series)),
  };
}
