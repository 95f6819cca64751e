import { expect, it } from "vitest";
import { createStatsRecorder } from "./stats-recorder.js";

it("shows no reason of which nothing was dropped: a receiver can refuse a request and say that it wrote all of it", () => {
  const stats = createStatsRecorder(() => 0);
  stats.dropped("bad_request", 0);
  expect(stats.snapshot({ rounds: 0, samples: 0, bytes: 0 }, 0).dropped).toEqual({});
  stats.dropped("bad_request", 2);
  expect(stats.snapshot({ rounds: 0, samples: 0, bytes: 0 }, 0).dropped).toEqual({ bad_request: 2 });
});
