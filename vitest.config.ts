import { defineConfig } from "vitest/config";
import { workspaceSources } from "./scripts/workspace-sources.ts";

export default defineConfig({
  test: {
    projects: [
      {
        // Beside the code, against the sources.
        plugins: [workspaceSources()],
        test: {
          name: "unit",
          include: [
            "packages/*/src/**/*.test.ts",
            "examples/*/src/**/*.test.ts",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
          ],
          // Generous, as machines are slow at times: a test that hangs is found all the same.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // What users get: the built packages, real servers, the READMEs' examples.
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          globalSetup: ["e2e/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
