import cluster from "node:cluster";
import { isMainThread, threadId } from "node:worker_threads";
import {
  detectResources,
  hostDetector,
  osDetector,
  processDetector,
  type Resource,
  type ResourceDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from "@opentelemetry/resources";
import type { Environment } from "../environment/environment.js";
import { readResource } from "../environment/read-resource.js";
import { createProblems } from "../source/problems.js";
import { readNames } from "./known-names.js";

const detectors: Readonly<Record<string, ResourceDetector>> = {
  host: hostDetector,
  os: osDetector,
  process: processDetector,
  serviceinstance: serviceInstanceIdDetector,
};

/** What is always read. */
const ofEnvironment = "env";

/** Without `serviceinstance`: the exporter's own `<host name>:<pid>` says more than a random number. */
const usualDetectors = ["host", "os", "process"];

/**
 * What is known of machine, process and service. What the environment says goes before what is found out.
 */
export function findResource(env: Environment): Resource {
  // Its problems are told by who reads the whole configuration.
  const environment = readResource(env, createProblems());
  return detectResource(env).merge(environment).merge(ownInstance(environment));
}

/**
 * By the detectors that `OTEL_NODE_RESOURCE_DETECTORS` names, as for
 * `@opentelemetry/sdk-node`. The environment's own attributes are read apart from that.
 */
function detectResource(env: Environment): Resource {
  const known = [...Object.keys(detectors), "all", "none", ofEnvironment];
  const chosen = readNames(env, "OTEL_NODE_RESOURCE_DETECTORS", known) ?? usualDetectors;
  const names = chosen.includes("all") ? Object.keys(detectors) : chosen;
  return detectResources({ detectors: names.flatMap((name) => detectors[name] ?? []) });
}

/**
 * A `service.instance.id` that the environment gives is the same for every thread, and every worker of a cluster, whose
 * series must not be: theirs have the thread or process behind it.
 */
function ownInstance({ attributes }: Resource): Resource {
  const id = attributes["service.instance.id"];
  if (typeof id !== "string" || (isMainThread && !cluster.isWorker)) return resourceFromAttributes({});
  const own = [id, ...(cluster.isWorker ? [process.pid] : []), ...(isMainThread ? [] : [threadId])];
  return resourceFromAttributes({ "service.instance.id": own.join(":") });
}
