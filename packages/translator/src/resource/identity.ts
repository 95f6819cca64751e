import { attributeText } from "../labels/attribute-text.js";
import type { AttributesInput } from "../input/metrics-input.js";

const identifying: ReadonlySet<string> = new Set([
  "service.name",
  "service.namespace",
  "service.instance.id",
]);

/** Whether a resource attribute is part of `job` and `instance`. */
export function isIdentifying(key: string): boolean {
  return identifying.has(key);
}

/** The `job` label of a resource (T25); empty without a service name. */
export function jobOf(resource: AttributesInput): string {
  const name = attributeText(resource["service.name"]);
  const namespace = attributeText(resource["service.namespace"]);
  return name === "" || namespace === "" ? name : `${namespace}/${name}`;
}

/** The `instance` label of a resource (T25); empty where it is not known, since empty labels cannot be sent (W1.14). */
export function instanceOf(resource: AttributesInput): string {
  return attributeText(resource["service.instance.id"]);
}
