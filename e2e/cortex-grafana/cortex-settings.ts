/**
 * Settings of Cortex 1.21 that the example may use, and the kind of value each takes, from `cortex-config-schema.json`. Cortex
 * refuses to start with one that it does not know.
 */
export const cortexSettings: Readonly<Record<string, string>> = {
  target: "string",
  auth_enabled: "boolean",
  "server.http_listen_port": "number",
  "server.grpc_listen_port": "number",
  "distributor.remote_writev2_enabled": "boolean",
  "ingester.lifecycler.address": "string",
  "ingester.lifecycler.min_ready_duration": "duration",
  "ingester.lifecycler.final_sleep": "duration",
  "ingester.lifecycler.ring.kvstore.store": "string",
  "ingester.lifecycler.ring.replication_factor": "number",
  "querier.store_gateway_addresses": "string",
  "querier.active_query_tracker_dir": "string",
  "frontend_worker.match_max_concurrent": "boolean",
  "blocks_storage.backend": "string",
  "blocks_storage.filesystem.dir": "string",
  "blocks_storage.tsdb.dir": "string",
  "blocks_storage.bucket_store.sync_dir": "string",
  "compactor.data_dir": "string",
  "limits.max_label_names_per_series": "number",
  "limits.max_label_value_length": "number",
};

/** Modules that `target` may name. */
export const cortexModules = [
  "all",
  "alertmanager",
  "compactor",
  "distributor",
  "ingester",
  "querier",
  "query-frontend",
  "query-scheduler",
  "ruler",
  "store-gateway",
];

/** The leaves of a configuration, by their path. */
export function flattenSettings(value: unknown, path: readonly string[] = []): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return { [path.join(".")]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, each]) => flattenSettings(each, [...path, key])),
  );
}

export function kindOf(value: unknown): string {
  return typeof value === "string" && /^\d+(ms|s|m|h)$/.test(value) ? "duration" : typeof value;
}
