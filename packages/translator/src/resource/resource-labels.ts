import type { AttributesInput } from "../input/metrics-input.js";
import { attributeText } from "../labels/attribute-text.js";
import { compareBytes } from "../labels/byte-order.js";
import { wellFormed } from "../labels/well-formed.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import { instanceOf, jobOf } from "./identity.js";

/** The labels that a resource gives to its series. */
export interface ResourceLabels {
  /** Attributes taken by `resourceLabels` (T26). They replace nothing. */
  readonly promoted: ReadonlyMap<string, string>;
  /** `job` and `instance`, as far as they are known (T25). They replace attributes. */
  readonly identity: ReadonlyMap<string, string>;
}

export function resourceLabels(attributes: AttributesInput, options: ResolvedOptions): ResourceLabels {
  const promoted = new Map<string, string>();
  for (const key of Object.keys(attributes).toSorted(compareBytes)) {
    if (!options.promotes(key)) continue;
    const name = options.labelName(wellFormed(key));
    const value = attributeText(attributes[key]);
    if (name !== undefined && name !== "__name__" && value !== "" && !promoted.has(name))
      promoted.set(name, value);
  }
  const identity = new Map<string, string>();
  const job = jobOf(attributes);
  if (job !== "") identity.set("job", job);
  // A fallback is a guess, and an external label is somebody's word.
  const fallback = options.externalLabels.has("instance") ? "" : options.fallbackInstance;
  const instance = instanceOf(attributes) || fallback;
  if (instance !== "") identity.set("instance", instance);
  return { promoted, identity };
}
