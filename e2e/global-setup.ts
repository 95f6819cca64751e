import type { TestProject } from "vitest/node";
import {
  findServer,
  gatewayNames,
  serverNames,
  type FoundServer,
  type GatewayName,
  type MissingServer,
  type ServerName,
} from "../scripts/servers/find-server.mjs";

declare module "vitest" {
  interface ProvidedContext {
    servers: Record<ServerName | GatewayName, FoundServer | MissingServer>;
  }
}

/** Finds the real servers once for all test files, and says which versions they are, or why there are none. */
export default async function setup(project: TestProject): Promise<void> {
  // One after the other: the first may fill a cache that the second reads, and an apt lock is never shared.
  const servers = {} as Record<ServerName | GatewayName, FoundServer | MissingServer>;
  for (const name of [...serverNames, ...gatewayNames]) {
    const server = await findServer(name);
    servers[name] = server;
    console.log("reason" in server ? server.reason : `e2e: ${name} ${server.version} (${server.path})`);
  }
  project.provide("servers", servers);
}
