import type { Series } from "@otel-remote-write/prompb";
import { expect, it } from "vitest";
import { createTranslator, type MetricInput, type PointSink } from "../index.js";
import { counter, endMillis, gauge, hrTime, metrics, point, shortName } from "../testdata/fixtures.js";

/** A translator with a sink that keeps some series; each collection takes place a second later. */
function start(keeps: (series: Series) => boolean) {
  const translator = createTranslator({ targetInfo: false, scopeInfo: false });
  const written: Series[] = [];
  const ended: string[] = [];
  const sink: PointSink = {
    sample: (series) => void written.push(series),
    staleMarker: (series) => void ended.push(shortName(series)),
    histogram: () => undefined,
    exemplar: () => undefined,
    keeps,
  };
  let millis = endMillis;

  /** Gives the last series that was written, and what was dropped. */
  function collect(create: typeof gauge, name: string) {
    millis += 1000;
    const metric: MetricInput = create(name, [point(1, {}, { endTime: hrTime(millis) })]);
    const { drops } = translator.write(metrics([metric]), sink);
    return { series: written.at(-1), drops };
  }

  return {
    collect,
    pass: () => {
      for (let i = 0; i < 15; i++) collect(gauge, "other");
    },
    endAll: () => {
      for (const pause of translator.endAllSeries(sink, millis, () => true)) expect(pause).toBeUndefined();
      return ended;
    },
  };
}

const isM = (series: Series): boolean => shortName(series) === "m_total";

it("a series that the sink keeps is the same object when it comes back, and no other one is", () => {
  const { collect, pass } = start(isM);
  const [m, n] = [collect(gauge, "m_total").series, collect(gauge, "n").series];
  pass();
  expect(collect(gauge, "m_total").series).toBe(m);
  expect(collect(gauge, "n").series).not.toBe(n);
});

it("a series that is kept belongs to whoever brings its labels, and has that one's metadata", () => {
  const { collect, pass } = start(isM);
  const { series } = collect(gauge, "m_total");
  pass();
  expect(collect(counter, "m")).toEqual({ series, drops: [] });
  expect(series?.metadata.type).toBe("counter");
});

it("a series that is only kept is not ended", () => {
  const { collect, pass, endAll } = start(isM);
  collect(gauge, "m_total");
  pass();
  expect(endAll()).toEqual(["other"]);
});

it("a series is let go when the sink does not keep it any more", () => {
  let isKept = true;
  const { collect, pass } = start((series) => isKept && isM(series));
  const { series } = collect(gauge, "m_total");
  pass();
  isKept = false;
  pass();
  expect(collect(gauge, "m_total").series).not.toBe(series);
});
