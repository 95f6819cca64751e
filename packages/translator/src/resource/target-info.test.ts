import { describe, expect, it } from "vitest";
import { createTranslator, translate, type AttributesInput, type TranslatorOptions } from "../index.js";
import { counter, endMillis, gauge, hrTime, labelsOf, metrics, point } from "../testdata/fixtures.js";
import { targetInfoTimes } from "./target-info.js";

const resource = {
  "service.name": "shop",
  "service.namespace": "eu",
  "service.instance.id": "i",
  "host.name": "h",
  "process.pid": 7,
};

function targetInfo(attributes: AttributesInput, options?: TranslatorOptions): Record<string, string>[] {
  const input = metrics([gauge("m", [1])], { resource: attributes, scope: { name: "lib" } });
  const { timeSeries } = translate(input, options);
  return timeSeries.map(labelsOf).filter(({ __name__ }) => __name__ === "target_info");
}

describe("target_info", () => {
  const target = { __name__: "target_info", job: "eu/shop", instance: "i" };

  it("TR11: has the resource's attributes but the identifying ones, and no scope labels", () => {
    expect(targetInfo(resource)).toEqual([{ ...target, host_name: "h", process_pid: "7" }]);
  });

  it("TR11: is a gauge of value 1 at the time of the points", () => {
    const { timeSeries } = translate(metrics([counter("m", [1])], { resource }));
    const found = timeSeries.find((series) => labelsOf(series)["__name__"] === "target_info");
    expect(found?.samples).toEqual([{ value: 1, timestamp: endMillis }]);
    expect(found?.metadata).toEqual({
      type: "gauge",
      help: "Target metadata",
      unit: "",
      familyName: "target_info",
    });
  });

  it("TR11: keeps promoted attributes", () => {
    expect(targetInfo(resource, { resourceLabels: { include: ["host.name"] } })).toEqual([
      { ...target, host_name: "h", process_pid: "7" },
    ]);
  });

  it("TR11: its attributes are chosen by include and exclude", () => {
    expect(targetInfo(resource, { targetInfo: { exclude: ["process.*"] } })).toEqual([
      { ...target, host_name: "h" },
    ]);
    expect(targetInfo(resource, { targetInfo: { include: ["*name"] } })).toEqual([
      { ...target, host_name: "h", service_name: "shop" },
    ]);
  });

  it.each([
    ["it is turned off", resource, { targetInfo: false }],
    ["nothing but the identity is known", { "service.name": "shop", "service.instance.id": "i" }, {}],
    ["that is so, whatever is chosen", { "service.name": "shop" }, { targetInfo: { include: ["*"] } }],
    ["there is no identity", { "host.name": "h" }, {}],
    ["nothing is chosen", resource, { targetInfo: { include: ["nothing"] } }],
    ["nothing but empty values is left", { "service.name": "shop", "host.name": "" }, {}],
  ])("TR11: is left out where %s", (_, attributes, options) => {
    expect(targetInfo(attributes, options)).toEqual([]);
  });

  it("TR11: is left out where no point was sent", () => {
    const input = metrics([gauge("", [1])], { resource });
    expect(translate(input).timeSeries).toEqual([]);
  });

  it("TR11: comes without the namespace, with external labels", () => {
    expect(targetInfo(resource, { namespace: "ns", externalLabels: { dc: "eu" } })).toEqual([
      { ...target, host_name: "h", process_pid: "7", dc: "eu" },
    ]);
  });

  it("TR11: is sent every 150 s of the time that the points span", () => {
    const points = [0, 75, 150, 225, 300, 375].map((seconds) => {
      return point(1, {}, { endTime: hrTime(endMillis + seconds * 1000) });
    });
    const { timeSeries } = translate(metrics([gauge("m", points)], { resource }));
    const found = timeSeries.find((series) => labelsOf(series)["__name__"] === "target_info");
    const offsets = found?.samples.map(({ timestamp }) => (timestamp - endMillis) / 1000);
    expect(offsets).toEqual([0, 150, 300, 375]);
  });

  it("TR11: an absurd span of time does not make endless samples", () => {
    expect(targetInfoTimes(0, Number.MAX_SAFE_INTEGER).length).toBeLessThanOrEqual(1000);
  });

  it("TR11: is sent once where a collection comes in parts, and with every new time", () => {
    const translator = createTranslator();
    const part = (name: string, endTime: number): number => {
      const input = metrics([gauge(name, [point(1, {}, { endTime: hrTime(endTime) })])], { resource });
      return translator.translate(input).timeSeries.length;
    };
    expect([part("a", endMillis), part("b", endMillis), part("a", endMillis + 1000)]).toEqual([2, 1, 2]);
  });

  it("W1.18: does not go back to older points, but with a clock that was stepped back", () => {
    const translator = createTranslator();
    const timesOf = (...seconds: readonly number[]): number[] => {
      const points = seconds.map((each) => point(1, { each }, { endTime: hrTime(endMillis + each * 1000) }));
      const { timeSeries } = translator.translate(metrics([gauge("m", points)], { resource }));
      const found = timeSeries.find((series) => labelsOf(series)["__name__"] === "target_info");
      return found?.samples.map(({ timestamp }) => (timestamp - endMillis) / 1000) ?? [];
    };
    expect([timesOf(1000), timesOf(970), timesOf(400, 1010), timesOf(1020)]).toEqual([
      [1000],
      [],
      [1000, 1010],
      [1020],
    ]);
    expect(timesOf(100)).toEqual([100]);
  });

  it("TR11: of two resources with one identity at one time the first is sent, and that is told", () => {
    const translator = createTranslator();
    translator.translate(metrics([gauge("a", [1])], { resource }));
    const { timeSeries, warnings } = translator.translate(
      metrics([gauge("b", [1])], { resource: { ...resource, "host.name": "other" } }),
    );
    expect(timeSeries.map(labelsOf)).toEqual([{ __name__: "b", job: "eu/shop", instance: "i" }]);
    expect(warnings.map(({ code }) => code)).toEqual(["target_info_conflict"]);
  });
});
