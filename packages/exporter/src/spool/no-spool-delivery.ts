import type { Delivery } from "../delivery/delivery.js";

/** Elsewhere than on Node: the code for it would be in every page. */
export function createSpoolDelivery(): Delivery {
  throw new TypeError("RemoteWriteMetricExporter: spool works on Node only; leave it out");
}
