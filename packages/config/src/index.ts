export { ConfigError } from "./config-error.js";
export type { Environment } from "./environment/environment.js";
export {
  type ConfigOverrides,
  loadConfig,
  type LoadConfigOptions,
  type LoadedConfig,
  type PipelineConfig,
} from "./load-config.js";
export { createMetricReaders } from "./metric-readers.js";
export {
  type RemoteWriteFromConfig,
  startFromConfig,
  type StartFromConfigOptions,
} from "./start-from-config.js";
