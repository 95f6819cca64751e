import type { FixedLabels } from "../labels/base-labels.js";
import type { LabelTemplates } from "../labels/label-templates.js";
import type { HashedLabels } from "../labels/label-set.js";
import type { ResourceLabels } from "../resource/resource-labels.js";
import type { Warning } from "../report.js";
import type { Collections } from "./collections.js";
import type { Instrument } from "./instrument.js";
import type { Producer } from "./producer.js";
import type { Registered, Registry } from "./registry.js";
import type { SeriesRecord } from "./series-record.js";
import type { Target } from "./targets.js";

/** A resource, and what its points have in common. */
export interface ResourceState<Owned> extends Registered {
  readonly labels: ResourceLabels;
  readonly target: Target;
  /** Its labels without `__name__`; undefined: it has no `target_info`. */
  readonly targetInfo: HashedLabels | undefined;
  targetInfoSeries: SeriesRecord<Owned> | undefined;
  readonly warnings: readonly Warning[];
  readonly collections: Collections;
  readonly scopes: Registry<ScopeState<Owned>>;
}

/** An instrumentation scope of a resource, and what its points have in common. */
export interface ScopeState<Owned> extends Registered, Producer {
  readonly resource: ResourceState<Owned>;
  /** For messages. */
  readonly name: string;
  readonly labels: FixedLabels;
  readonly templates: LabelTemplates;
  readonly warnings: readonly Warning[];
  readonly instruments: Registry<Instrument<Owned>>;
}
