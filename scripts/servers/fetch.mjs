// Brings the real servers that the end-to-end tests and the demo use, and prints where they are.

import { findServer, gatewayNames, serverNames } from "./find-server.mjs";

for (const name of [...serverNames, ...gatewayNames]) {
  const server = await findServer(name);
  if ("reason" in server) {
    console.error(server.reason);
    process.exitCode = 1;
  } else {
    console.log(`${name} ${server.version} ${server.path}`);
  }
}
