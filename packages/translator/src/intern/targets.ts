import { createCollections } from "./collections.js";
import type { Stream } from "../steady/written-block.js";
import type { Registered } from "./registry.js";

/** What `job` and `instance` identify; it has one `target_info` at a time, whichever resources describe it (T24). */
export interface Target extends Registered, Stream<never> {
  /** The time of the last `target_info`, the resource that it described, and the inputs it was sent with. */
  timestamp: number;
  resource: object | undefined;
  inputs: WeakSet<object>;
}

export interface Targets {
  of(identity: ReadonlyMap<string, string>, round: number): Target;
  sweep(oldestRound: number): void;
}

export function createTargets(): Targets {
  const targets = new Map<string, Target>();
  return {
    of(identity, round) {
      const key = JSON.stringify([identity.get("job"), identity.get("instance")]);
      let target = targets.get(key);
      if (target === undefined) {
        const collections = createCollections();
        const inputs = new WeakSet<object>();
        target = {
          title: "target_info",
          timestamp: Number.NaN,
          resource: undefined,
          inputs,
          written: undefined,
          isContested: false,
          producer: { collections, resourceCollections: collections },
          round,
          live: true,
        };
        targets.set(key, target);
      }
      return target;
    },
    sweep(oldestRound) {
      for (const [key, target] of targets) if (target.round < oldestRound) targets.delete(key);
    },
  };
}
