import { describe, expect, test } from "vitest";
import { block, encodeV1, postV1, postV2, seriesV1, upV1, upV2 } from "../testing/messages.js";
import { useReceiver } from "../testing/use-receiver.js";

const named = (name: string): ReturnType<typeof seriesV1> => seriesV1([["__name__", name]]);

describe("bounds by number", () => {
  const receiver = useReceiver({ limits: { series: 2, pointsPerSeries: 2, requests: 2 } });

  test("the series that was longest without a point goes first", async () => {
    await postV1(receiver().url, { timeseries: [named("a"), named("b")] });
    await postV1(receiver().url, { timeseries: [seriesV1([["__name__", "a"]], 2_000), named("c")] });
    expect(
      receiver()
        .series()
        .map(({ labels }) => labels["__name__"]),
    ).toEqual(["a", "c"]);
    expect(receiver().evicted()).toEqual({ series: 1, points: 1 });
  });

  test("the oldest points and exemplars of a series go first", async () => {
    await postV1(receiver().url, upV1([1, 1], [2, 2], [3, 3]));
    expect(
      receiver()
        .series()[0]
        ?.samples.map(({ timestamp }) => timestamp),
    ).toEqual([2, 3]);
    const exemplars = [1n, 1n, 2n, 3n].map((timestamp) => ({ value: 1, timestamp }));
    await postV2(receiver().url, upV2({ samples: [{ value: 4, timestamp: 4n }], exemplars }));
    expect(
      receiver()
        .series()[0]
        ?.exemplars.map(({ timestamp }) => timestamp),
    ).toEqual([2, 3]);
    expect(receiver().evicted()).toEqual({ series: 0, points: 3 });
  });

  test("metadata of 1.0 is bounded like series", async () => {
    const metadata = ["a", "b", "c"].map((metricFamilyName) => ({ metricFamilyName }));
    await postV1(receiver().url, { metadata });
    expect(
      receiver()
        .metadata()
        .map(({ familyName }) => familyName),
    ).toEqual(["b", "c"]);
  });

  test("the oldest requests go first, and totals still count them", async () => {
    for (let i = 1; i <= 3; i++) await postV1(receiver().url, upV1([i, 1]));
    expect(receiver().requests.map(({ id }) => id)).toEqual([2, 3]);
    expect(receiver().totals().requests).toBe(3);
  });
});

/** The size of the requests with one sample below. */
const bodyBytes = block(encodeV1(upV1([1, 1]))).length;

describe("bounds by size", () => {
  const receiver = useReceiver({ limits: { points: 3, bodyBytes: 2 * bodyBytes } });

  test("whole series go when all points together are too many", async () => {
    await postV1(receiver().url, { timeseries: [named("a"), named("b")] });
    await postV1(receiver().url, upV1([1, 1], [2, 1]));
    expect(
      receiver()
        .series()
        .map(({ labels }) => labels["__name__"]),
    ).toEqual(["b", "up"]);
  });

  test("requests go when their bodies together are too large, but never the newest", async () => {
    for (let i = 1; i <= 3; i++) await postV1(receiver().url, upV1([i, 1]));
    const { requests } = receiver();
    expect(requests.map(({ id }) => id)).toEqual([2, 3]);
    const incompressible = String.fromCodePoint(...Array.from({ length: 2 * bodyBytes }, (_, i) => 33 + i));
    await postV1(receiver().url, { timeseries: [seriesV1([["a", incompressible]])] });
    expect(receiver().requests.map(({ id }) => id)).toEqual([4]);
  });
});
