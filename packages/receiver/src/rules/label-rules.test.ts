import { expect, test } from "vitest";
import { gaugeV2, postV1, postV2, seriesV1 } from "../testing/messages.js";
import { brokenRules, useReceiver, warnedRules } from "../testing/use-receiver.js";

const receiver = useReceiver();
const name: [string, string] = ["__name__", "up"];

const broken: [rule1: string, rule2: string, labels: [string, string][], detail: string][] = [
  ["W1.10", "W2.25", [], "no labels"],
  ["W1.12", "W2.30", [name, ["a", "1"], ["a", "2"]], 'label "a" is repeated'],
  ["W1.13", "W2.30", [name, ["b", "1"], ["a", "1"]], 'label "a" stands after "b"'],
  ["W1.14", "W2.30", [["", "1"], name], "name is empty"],
  ["W1.14", "W2.30", [name, ["a", ""]], 'the value of label "a" is empty'],
];

test.each(broken)("%s: a series of 1.0 with wrong labels", async (rule, _rule2, labels, detail) => {
  const response = await postV1(receiver().url, { timeseries: [seriesV1(labels)] });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(`${rule}: `);
  expect(brokenRules(receiver())).toEqual([rule]);
  expect(receiver().violations[0]?.detail).toContain(detail);
  expect(receiver().series()).toEqual([]);
});

test.each(broken)("%s is %s in 2.0", async (_rule, rule, labels, detail) => {
  const response = await postV2(receiver().url, gaugeV2(labels));
  expect(response.status).toBe(400);
  expect(brokenRules(receiver())).toEqual([rule]);
  expect(receiver().violations[0]?.detail).toContain(detail);
  expect(receiver().series()).toEqual([]);
});

test.each([
  [[["__name__", "1up"]] satisfies [string, string][], '"1up" is not a valid metric name'],
  [[["__name__", "ups.total"]] satisfies [string, string][], '"ups.total" is not a valid metric name'],
  [[name, ["a.b", "1"]] satisfies [string, string][], '"a.b" is not a valid label name'],
  [[name, ["a:b", "1"]] satisfies [string, string][], '"a:b" is not a valid label name'],
])("W1.15 and W2.31: invalid names break a rule of 1.0 and are unusual in 2.0", async (labels, detail) => {
  await postV1(receiver().url, { timeseries: [seriesV1(labels)] });
  expect(brokenRules(receiver())).toEqual(["W1.15"]);
  expect(receiver().violations[0]?.detail).toContain(detail);
  receiver().reset();
  expect((await postV2(receiver().url, gaugeV2(labels))).status).toBe(204);
  expect(brokenRules(receiver())).toEqual([]);
  expect(warnedRules(receiver())).toEqual(["W2.31"]);
});

test("W1.13 and W2.30: the order is that of UTF-8 bytes, not of UTF-16 units", async () => {
  const sorted: [string, string][] = [name, ["\uE000", "1"], ["\u{1F600}", "1"]];
  await postV2(receiver().url, gaugeV2(sorted));
  expect(brokenRules(receiver())).toEqual([]);
  const [, privateUse, emoji] = sorted;
  if (privateUse !== undefined && emoji !== undefined) {
    await postV2(receiver().url, gaugeV2([name, emoji, privateUse]));
  }
  expect(brokenRules(receiver())).toEqual(["W2.30"]);
});

test("W1.11, W1.16, W2.30, W2.31: a missing and a reserved name are warnings, and the points are stored", async () => {
  const labels: [string, string][] = [["__a__", "1"]];
  await postV1(receiver().url, { timeseries: [seriesV1(labels)] });
  expect(warnedRules(receiver())).toEqual(["W1.16", "W1.11"]);
  expect(receiver().value({ __a__: "1" })).toBe(1);
  receiver().reset();
  await postV2(receiver().url, gaugeV2(labels));
  expect(warnedRules(receiver())).toEqual(["W2.31", "W2.30"]);
  expect(brokenRules(receiver())).toEqual([]);
});

test("a detail names the series as PromQL does", async () => {
  await postV1(receiver().url, { timeseries: [seriesV1([name, ["job", 'a"b'], ["job", "c"]])] });
  expect(receiver().violations[0]).toEqual({
    rule: "W1.12",
    requestId: 1,
    detail: 'series up{job="a\\"b",job="c"}: label "job" is repeated',
  });
});

test("at most a hundred findings are kept of one request", async () => {
  const timeseries = Array.from({ length: 150 }, (_, i) => seriesV1([name, ["b", `${i}`], ["a", "1"]]));
  await postV1(receiver().url, { timeseries });
  expect(brokenRules(receiver())).toHaveLength(100);
});
