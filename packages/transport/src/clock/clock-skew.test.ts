import { describe, expect, test } from "vitest";
import { createFixedClient } from "../testing/create-fixed-client.js";
import { oneSample, startServer } from "../testing/loopback.js";
import { createClockSkew } from "./clock-skew.js";

const noon = Date.UTC(2026, 10, 23, 12, 0, 0);

function start() {
  const warnings: string[] = [];
  const clock = { now: noon };
  const skew = createClockSkew(
    (kind, message) => warnings.push(`${kind}: ${message}`),
    () => clock.now,
  );
  const answered = (millis: number): void => skew.answered(new Date(millis).toUTCString());
  return { warnings, clock, skew, answered };
}

describe("E11: the receiver's Date header", () => {
  test.each([
    [61_000, "clock_skew: this machine's clock is 61 s behind the receiver's"],
    [-61_000, "clock_skew: this machine's clock is 61 s ahead of the receiver's"],
    [7_200_000, "clock_skew: this machine's clock is 7200 s behind the receiver's"],
  ])("%i ms off is said, with direction and size", (off, message) => {
    const { warnings, answered } = start();
    answered(noon + off);
    expect(warnings).toEqual([expect.stringContaining(message)]);
  });

  test.each([0, 60_000, -60_000])("%i ms off is not worth a word", (off) => {
    const { warnings, answered } = start();
    answered(noon + off);
    expect(warnings).toEqual([]);
  });

  test("is said once, and again only after it was right again", () => {
    const { warnings, answered, clock } = start();
    for (const off of [100_000, 200_000, -100_000]) answered(noon + off);
    expect(warnings).toHaveLength(1);
    answered(noon + 1000);
    clock.now += 3_600_000;
    answered(noon);
    expect(warnings).toHaveLength(2);
  });

  test("that is missing or garbage tells nothing", () => {
    const { warnings, skew, answered } = start();
    answered(noon + 100_000);
    skew.answered(undefined);
    skew.answered("yesterday");
    answered(noon + 100_000);
    expect(warnings).toHaveLength(1);
  });

  test.each([204, 400, 503])("is looked at with a %d", async (status) => {
    const { url } = await startServer((response) => {
      response.writeHead(status, { date: new Date(Date.now() - 600_000).toUTCString() }).end();
    });
    const warnings: string[] = [];
    const client = createFixedClient({ url }, { onWarning: (kind) => warnings.push(kind) });
    await client.send(oneSample);
    await client.send(oneSample);
    expect(warnings).toEqual(["clock_skew"]);
  });
});

test("H6 W2.23: a date in Retry-After counts from the receiver's own Date, however wrong our clock is", async () => {
  const theirs = Date.now() - 3_600_000;
  const { url } = await startServer((response) => {
    response.writeHead(503, {
      date: new Date(theirs).toUTCString(),
      "retry-after": new Date(theirs + 30_000).toUTCString(),
    });
    response.end();
  });
  const outcome = await createFixedClient({ url }, { onWarning: () => {} }).send(oneSample);
  expect(outcome).toMatchObject({ kind: "retryable", retryAfterMillis: 30_000 });
});
