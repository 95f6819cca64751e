import type { Collections } from "./collections.js";

/**
 * Who brings series, and by whose collections it is told that one of them has ended: an instrumentation scope, as
 * metrics of one producer of the SDK's reader have scopes of their own; for `target_info` the target.
 */
export interface Producer {
  readonly collections: Collections;
  /** Of the resource, which tells whether the producer as a whole has gone. */
  readonly resourceCollections: Collections;
}
