import { request } from "node:http";
import { expect, test } from "vitest";
import { headersV1, postV1, postV2, upV1, upV2 } from "../testing/messages.js";
import { useReceiver } from "../testing/use-receiver.js";

const receiver = useReceiver();

async function get(path: string): Promise<unknown> {
  const response = await fetch(receiver().origin + path);
  expect(response.headers.get("content-type")).toBe("application/json");
  return response.json();
}

function postJson(path: string, body: unknown): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  return fetch(receiver().origin + path, { method: "POST", headers, body: JSON.stringify(body) });
}

test("GET /api/series and /api/latest; numbers that JSON lacks are strings", async () => {
  await postV1(receiver().url, upV1([1, Number.NaN], [2, Infinity], [3, -Infinity]));
  const labels = { __name__: "up" };
  expect(await get("/api/series")).toEqual([
    {
      labels,
      samples: [
        { value: "NaN", timestamp: 1 },
        { value: "+Inf", timestamp: 2 },
        { value: "-Inf", timestamp: 3 },
      ],
      histograms: [],
      exemplars: [],
    },
  ]);
  expect(await get("/api/latest")).toEqual([{ labels, timestamp: 3, value: "-Inf" }]);
});

test("GET /api/metadata", async () => {
  await postV1(receiver().url, { metadata: [{ type: 3, metricFamilyName: "a", help: "b", unit: "c" }] });
  expect(await get("/api/metadata")).toEqual([{ familyName: "a", type: "histogram", help: "b", unit: "c" }]);
});

test("GET /api/requests redacts secrets; the library has them", async () => {
  const headers = { ...headersV1, Authorization: "Bearer s3cret", Cookie: "s3cret", "X-Api-Key": "s3cret" };
  await postV1(`${receiver().url}?token=s3cret`, upV1([1_000, 1]), headers);
  const text = JSON.stringify(await get("/api/requests"));
  expect(text).not.toContain("s3cret");
  expect(JSON.parse(text)).toMatchObject([
    {
      id: 1,
      method: "POST",
      path: "/api/v1/write",
      status: 204,
      messageType: "prometheus.WriteRequest",
      counts: { series: 1, samples: 1 },
      headers: { authorization: "[redacted]", "content-encoding": "snappy" },
      answered: true,
      stored: true,
    },
  ]);
  const [stored] = receiver().requests;
  expect(stored?.headers.authorization).toBe("Bearer s3cret");
  expect(stored?.url).toBe("/api/v1/write?token=s3cret");
  expect(stored?.body).toHaveLength(Number(stored?.headers["content-length"]));
});

test("GET /api/violations has MUST and SHOULD apart", async () => {
  await postV2(receiver().url, upV2({ samples: [], metadata: { type: 0 } }));
  expect(await get("/api/violations")).toEqual({
    violations: [{ rule: "W2.26", requestId: 1, detail: "series up: it has neither samples nor histograms" }],
    warnings: [{ rule: "W2.27", requestId: 1, detail: "series up: the type of its metadata is missing" }],
  });
});

test("POST /api/answers scripts answers", async () => {
  const queued = await postJson("/api/answers", [503, { status: 429, headers: { "Retry-After": "1" } }]);
  expect([queued.status, await queued.json()]).toEqual([200, { queued: 2 }]);
  await postJson("/api/answers", { every: 500 });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push((await postV1(receiver().url, upV1([1_000, 1]))).status);
  await postJson("/api/answers", { every: null });
  statuses.push((await postV1(receiver().url, upV1([1_000, 1]))).status);
  expect(statuses).toEqual([503, 429, 500, 204]);
});

test.each([
  [[99], '"status" is a whole number from 200 to 599'],
  [{ status: 503 }, 'expected a list of answers or { "every": answer }'],
])("POST /api/answers refuses %o and scripts nothing", async (body, error) => {
  const response = await postJson("/api/answers", body);
  expect([response.status, await response.json()]).toEqual([400, { error }]);
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(204);
});

test("POST /api/answers takes JSON by its name only, which web pages of other origins cannot send", async () => {
  const response = await fetch(`${receiver().origin}/api/answers`, { method: "POST", body: "[503]" });
  expect(response.status).toBe(415);
});

test("DELETE /api/data forgets what was received", async () => {
  await postV1(receiver().url, upV1([1_000, 1]));
  expect((await fetch(`${receiver().origin}/api/data`, { method: "DELETE" })).status).toBe(204);
  expect([receiver().series(), receiver().requests, receiver().totals().requests]).toEqual([[], [], 0]);
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(204);
});

test("GET / and wrong paths say what there is", async () => {
  const home = await fetch(receiver().origin);
  expect([home.status, await home.text()]).toEqual([200, expect.stringContaining("/api/series")]);
  const wrong = await postV1(`${receiver().origin}/api/v1/wrote`, upV1([1_000, 1]));
  expect([wrong.status, await wrong.text()]).toEqual([404, expect.stringContaining("/api/v1/write")]);
  expect(receiver().requests).toMatchObject([{ path: "/api/v1/wrote", status: 404 }]);
});

test("a page that another name leads to this address cannot read the API", async () => {
  const status = await new Promise((resolve, reject) => {
    const sent = request(
      `${receiver().origin}/api/series`,
      { headers: { Host: "evil.example" } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    sent.on("error", reject).end();
  });
  expect(status).toBe(403);
});

test("pages of any origin may write, and nothing else", async () => {
  const preflight = await fetch(receiver().url, {
    method: "OPTIONS",
    headers: {
      Origin: "http://localhost:1",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-methods")).toBe("POST");
  expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization,content-type");
  const write = await postV1(receiver().url, upV1([1_000, 1]));
  expect(write.headers.get("access-control-allow-origin")).toBe("*");
  expect(write.headers.get("access-control-expose-headers")).toBeNull();
  const read = await fetch(`${receiver().origin}/api/series`);
  expect(read.headers.get("access-control-allow-origin")).toBeNull();
  expect(receiver().requests).toHaveLength(1);
});
