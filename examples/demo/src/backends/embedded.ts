import { startReceiver } from "@otel-remote-write/receiver";
import type { Backend } from "./backend.js";

/** A receiver inside this process, which checks every request against the specification. */
export async function startEmbedded(): Promise<Backend> {
  let pushes = 0;
  const receiver = await startReceiver({
    onRequest({ status = 0 }) {
      if (status >= 200 && status < 300) pushes++;
    },
  });
  return {
    title: "the embedded receiver",
    writeUrl: receiver.url,
    places: [
      ["newest values", `${receiver.origin}/api/latest`],
      ["requests with their headers", `${receiver.origin}/api/requests`],
      ["what there is more", `${receiver.origin}/`],
    ],
    received: async () => ({ pushes, samples: receiver.totals().storedPoints }),
    series: async () =>
      receiver.series().map(({ labels, samples }) => {
        // A stale marker says that the series has ended, not what its value was.
        const last = samples.findLast(({ stale }) => stale !== true);
        return { labels, value: last?.value ?? Number.NaN };
      }),
    violations: () => ({
      count: receiver.totals().violations,
      examples: receiver.violations.map(({ rule, detail }) => `${rule}: ${detail}`),
    }),
    stop: () => receiver.close(),
  };
}
