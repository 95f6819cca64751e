import type { FindEnvironmentProxy } from "./environment-proxy.js";

/** Other runtimes have a proxy of their own, or none. */
export const findEnvironmentProxy: FindEnvironmentProxy = () => undefined;
