// Visitors of the shop, some five requests a second until stopped: `node visitors.js http://localhost:3001`.
import { setTimeout as sleep } from "node:timers/promises";

/** One visit after the other, the same each time. */
export const visits = [
  ["GET", "/products"],
  ["GET", "/products/1"],
  ["POST", "/orders?payment=card"],
  ["GET", "/products/2"],
  ["POST", "/orders?payment=invoice"],
  ["GET", "/favicon.ico"],
];

/** @param {string} origin of the shop, such as `http://localhost:3001` */
export async function visit(origin) {
  for (const [method = "GET", path = "/"] of visits) {
    const response = await fetch(origin + path, { method });
    await response.arrayBuffer();
  }
}

if (process.argv[1] === import.meta.filename) {
  const origin = process.argv[2] ?? "http://localhost:3001";
  for (;;) {
    // The shop may not be there yet, or not any more.
    await visit(origin).catch((error) =>
      console.error(`${origin}: ${error.cause?.message ?? error.message}`),
    );
    await sleep(1000 * (0.5 + Math.random()));
  }
}
