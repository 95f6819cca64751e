import { type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import type { Problems } from "../source/problems.js";
import { type Environment, lookUp } from "./environment.js";
import { parsePairs } from "./parse-pairs.js";
import { placeOf } from "./read-environment.js";

/** Reads `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME`, which goes before it. */
export function readResource(env: Environment, problems: Problems): Resource {
  const name = "OTEL_RESOURCE_ATTRIBUTES";
  const pairs = parsePairs(lookUp(env, name) ?? "");
  if (pairs === undefined) {
    problems.warn(placeOf(name), "", "must be key=value pairs with commas between them; it is ignored");
  }
  const serviceName = lookUp(env, "OTEL_SERVICE_NAME");
  return resourceFromAttributes({
    ...Object.fromEntries(pairs ?? []),
    ...(serviceName !== undefined && { "service.name": serviceName }),
  });
}
