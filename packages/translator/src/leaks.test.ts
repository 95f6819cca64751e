import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createTranslator, type PointSink } from "./index.js";
import { gauge, metrics, point } from "./testdata/fixtures.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const nowhere: PointSink = { sample() {}, staleMarker() {}, histogram() {}, exemplar() {} };

it("does not keep what the SDK lets go: descriptors, attributes, resources and scopes", async () => {
  const translator = createTranslator();
  const objects = ((): WeakRef<object>[] => {
    const input = metrics([gauge("m", [point(1, { a: "1" })])], {
      scope: { name: "lib" },
      resource: { r: "1" },
    });
    translator.write(input, nowhere);
    const [first] = input.scopeMetrics;
    const [metric] = first?.metrics ?? [];
    const parts = [
      input,
      input.resource.attributes,
      first?.scope,
      metric?.descriptor,
      metric?.dataPoints[0]?.attributes,
    ];
    return parts.map((part) => new WeakRef(part ?? input));
  })();
  // A WeakRef keeps its target until the current job ends.
  await new Promise((resolve) => void setImmediate(resolve));
  collectGarbage();
  expect(objects.map((reference) => reference.deref())).toEqual(objects.map(() => undefined));
  expect(translator.translate(metrics([])).timeSeries).toEqual([]);
});
