import { type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import type { RecordedMetric } from "./recorded/recorded-metric.js";
import type { Labels } from "./recorded/series.js";

/** What the metrics are about. */
export const resource: Resource = resourceFromAttributes({
  "service.namespace": "demo",
  "service.name": "shop",
  "service.instance.id": "shop-1",
  "service.version": "1.2.3",
  "deployment.environment.name": "demo",
});

/** The instrumentation scope: the arguments of `getMeter()`. */
export const scope = { name: "shop-metrics", version: "1.0.0" } as const;

/** The labels that they must become, written by hand as everything that is expected: on every series … */
export const targetLabels: Labels = { job: "demo/shop", instance: "shop-1" };

/** … and on every series of an instrument. */
export const scopeLabels: Labels = { otel_scope_name: "shop-metrics", otel_scope_version: "1.0.0" };

/** What is left of the resource is told once, by a series of its own. */
export const targetInfo: RecordedMetric = {
  name: "target_info",
  type: "info",
  points: [{ labels: { service_version: "1.2.3", deployment_environment_name: "demo" }, value: 1 }],
};
