import { describe, expect, it } from "vitest";
import { translate, type AttributesInput, type ScopeInput, type TranslatorOptions } from "../index.js";
import { gauge, labelsOf, metrics, point } from "../testdata/fixtures.js";

/** The labels of a gauge of a resource, without its name. */
function labels(
  resource: AttributesInput,
  options?: TranslatorOptions,
  scope?: ScopeInput,
): Record<string, string> {
  const input = metrics([gauge("m", [point(1, { a: "1" })])], { resource, scope: scope ?? { name: "" } });
  const [series] = translate(input, { targetInfo: false, ...options }).timeSeries;
  const { __name__, a, ...others } = labelsOf(series ?? { labels: [] });
  expect({ __name__, a }).toEqual({ __name__: "m", a: "1" });
  return others;
}

describe("job and instance", () => {
  it.each([
    [{ "service.name": "shop" }, { job: "shop" }],
    [{ "service.name": "shop", "service.namespace": "eu" }, { job: "eu/shop" }],
    [{ "service.name": "shop", "service.namespace": "" }, { job: "shop" }],
    [{ "service.namespace": "eu" }, {}],
    [{ "service.instance.id": "" }, {}],
    [
      { "service.name": 12, "service.instance.id": true },
      { job: "12", instance: "true" },
    ],
  ])("TR9: %j gives %j", (resource, expected) => {
    expect(labels(resource)).toEqual(expected);
  });

  it("TR9: a fallback stands in for an unknown instance only", () => {
    expect(labels({}, { fallbackInstance: "host:1" })).toEqual({ instance: "host:1" });
    expect(labels({ "service.instance.id": "i" }, { fallbackInstance: "host:1" })).toEqual({ instance: "i" });
    const external = { instance: "mine" };
    expect(labels({}, { fallbackInstance: "host:1", externalLabels: external })).toEqual(external);
  });
});

describe("resource attributes as labels", () => {
  const resource = {
    "service.name": "shop",
    "host.name": "h",
    "host.id": "i",
    "os.type": "linux",
    a: "resource",
  };

  it("TR12: by default there are none", () => {
    expect(labels(resource)).toEqual({ job: "shop" });
  });

  it("TR12: they are chosen by include and exclude, and replace nothing", () => {
    expect(labels(resource, { resourceLabels: { include: ["host.*", "a"], exclude: [/id$/] } })).toEqual({
      job: "shop",
      host_name: "h",
    });
  });

  it("TR12: without include all are taken", () => {
    expect(labels(resource, { resourceLabels: { exclude: ["*.name"] } })).toEqual({
      job: "shop",
      host_id: "i",
      os_type: "linux",
    });
  });

  it("TR12: job and instance win over promoted attributes", () => {
    expect(labels({ ...resource, job: "mine" }, { resourceLabels: { include: ["job"] } })).toEqual({
      job: "shop",
    });
  });
});

describe("external labels", () => {
  it("are added to every series and replace nothing", () => {
    const externalLabels = { a: "external", job: "external", "data.center": "eu" };
    expect(labels({ "service.name": "shop" }, { externalLabels })).toEqual({
      job: "shop",
      data_center: "eu",
    });
  });
});

describe("scope labels", () => {
  const scope = {
    name: "lib",
    version: "1.0",
    schemaUrl: "https://x",
    attributes: { "short.name": "l", name: "evil", "schema.url": "evil" },
  };
  const generated = {
    otel_scope_name: "lib",
    otel_scope_version: "1.0",
    otel_scope_schema_url: "https://x",
    otel_scope_short_name: "l",
  };

  it("TR10: are on by default; attributes that would replace the three are dropped", () => {
    expect(labels({}, {}, scope)).toEqual(generated);
  });

  it("TR10: can be turned off", () => {
    expect(labels({}, { scopeInfo: false }, scope)).toEqual({});
  });

  it("TR10: a scope without a name has none, one without a version has no label for it", () => {
    expect(labels({}, {}, { ...scope, name: "" })).toEqual({});
    expect(labels({}, {}, { name: "lib" })).toEqual({ otel_scope_name: "lib" });
  });

  it("TR10: they win over a point's attributes, and conflicts are told", () => {
    const attributes = { otel_scope_name: "mine", otel_scope_version: "mine" };
    const input = metrics([gauge("m", [point(1, attributes)])], { scope: { ...scope, version: undefined } });
    const { timeSeries, warnings } = translate(input);
    const { otel_scope_version, ...expected } = generated;
    expect(timeSeries.map(labelsOf)).toEqual([{ __name__: "m", ...expected }]);
    expect(otel_scope_version).toBe("1.0");
    expect(new Set(warnings.map(({ code }) => code))).toEqual(
      new Set(["scope_attribute_conflict", "label_overridden"]),
    );
  });
});
