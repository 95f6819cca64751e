// The books themselves: what they must find out.
import { expect, it } from "vitest";
import { createLedger, type LedgerSeries } from "./ledger.mjs";

const labels = { __name__: "a", job: "x" };
const metadata = { type: "gauge", help: "", unit: "", familyName: "a" } as const;

/** Three points, the first two of which are acknowledged. */
function createBooks() {
  const ledger = createLedger();
  const handOver = (...timestamps: number[]) =>
    ledger.handOver([
      {
        labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
        metadata,
        samples: timestamps.map((timestamp) => ({ timestamp, value: timestamp * 10 })),
        histograms: [],
        exemplars: [],
      },
    ]);
  handOver(1, 2).confirm();
  handOver(3);
  return ledger;
}

function received(...points: [timestamp: number, value: string][]): LedgerSeries[] {
  return [
    {
      labels: { job: "x", __name__: "a" },
      points: points.map(([timestamp, value]) => ({ timestamp, value })),
    },
  ];
}

const none = { dropped: 0, unconfirmed: 0 };

it("everything that was handed over is there", () => {
  const account = { received: received([1, "10"], [2, "20"], [3, "30"]), ...none };
  expect(createBooks().balance(account)).toEqual({ handedOver: 3, received: 3, lost: 0, problems: [] });
});

it.each([
  { dropped: 1, unconfirmed: 0 },
  { dropped: 0, unconfirmed: 1 },
])("what is lost is explained by %j", (losses) => {
  const account = { received: received([1, "10"], [2, "20"]), ...losses };
  expect(createBooks().balance(account)).toEqual({ handedOver: 3, received: 2, lost: 1, problems: [] });
});

it.each<[string, Parameters<typeof received>, string]>([
  [
    "lost",
    [
      [1, "10"],
      [2, "20"],
    ],
    "1 points are lost, but 0 dropped and 0 unconfirmed",
  ],
  [
    "acknowledged and lost",
    [
      [1, "10"],
      [3, "30"],
    ],
    "acknowledged, but not received: ",
  ],
  [
    "of nobody",
    [
      [1, "10"],
      [2, "20"],
      [3, "30"],
      [4, "40"],
    ],
    "received, but not handed over: ",
  ],
  [
    "another value",
    [
      [1, "10"],
      [2, "21"],
      [3, "30"],
    ],
    " at 2 is 21, but was handed over as 20",
  ],
  [
    "out of order",
    [
      [2, "20"],
      [1, "10"],
      [3, "30"],
    ],
    " at 1 stands after 2",
  ],
  [
    "there twice",
    [
      [1, "10"],
      [2, "20"],
      [2, "20"],
      [3, "30"],
    ],
    " at 2 stands after 2",
  ],
])("a point that is %s is found", (_, points, problem) => {
  const { problems } = createBooks().balance({ received: received(...points), ...none });
  expect(problems).toContainEqual(expect.stringContaining(problem));
});

it("an acknowledged point is found missing although as many were dropped", () => {
  const account = { received: received([1, "10"], [3, "30"]), dropped: 1, unconfirmed: 0 };
  expect(createBooks().balance(account).problems).toEqual([
    expect.stringContaining("acknowledged, but not received"),
  ]);
});

it("a receiver that was killed may have lost the points of its last moments, and no others", () => {
  const account = { received: received([1, "10"]), ...none };
  const books = createBooks();
  expect(books.balance({ ...account, mayBeLost: (timestamp) => timestamp >= 2 }).problems).toEqual([]);
  expect(books.balance({ ...account, mayBeLost: (timestamp) => timestamp >= 3 }).problems).not.toEqual([]);
});
