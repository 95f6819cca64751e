import type { Labels } from "../recorded/series.js";

/** What this demo uses of a server that scripts/servers brings and starts. */
export interface RunningServer {
  readonly url: string;
  readonly writeUrl: string;
  samples(
    selector: string,
    window: string,
  ): Promise<{ labels: Labels; points: { value: number | undefined }[] }[]>;
  stop(): Promise<void>;
}

interface ServerModule {
  startServer(name: "prometheus" | "victoriametrics"): Promise<RunningServer>;
}

/** Found at run time, from dist/backends: the script is no part of a package. */
const path = "../../../../scripts/servers/running-server.mjs";

/** @throws {Error} there is no such server on this machine; the message says why and what to do */
export async function startServer(name: "prometheus" | "victoriametrics"): Promise<RunningServer> {
  const module = (await import(new URL(path, import.meta.url).href)) as ServerModule;
  return module.startServer(name);
}
