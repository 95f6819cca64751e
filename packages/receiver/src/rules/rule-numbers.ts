import type { MessageType } from "../message-type.js";

/** The numbers of the checked rules, by message type: the same rule has a number in each specification. */
const numbers = {
  "prometheus.WriteRequest": {
    /** The body is the message, and has nothing that the message does not. */
    message: "W1.1",
    post: "W1.2",
    time: "W1.3",
    headerMissing: "W1.4",
    contentType: "W1.4",
    contentEncoding: "W1.4",
    userAgent: "W1.4",
    block: "W1.6",
    versionMissing: "W1.8",
    version: "W1.4",
    labelsMissing: "W1.10",
    nameMissing: "W1.11",
    repeatedName: "W1.12",
    unsorted: "W1.13",
    empty: "W1.14",
    invalidName: "W1.15",
    reservedName: "W1.16",
    order: "W1.18",
    retry: "W1.21",
    stale: "W1.23",
    histogram: "TR17",
    customBuckets: "T17",
  },
  "io.prometheus.write.v2.Request": {
    message: "W2.1",
    post: "W2.3",
    time: "W2.37",
    headerMissing: "W2.4",
    contentType: "W2.7",
    contentEncoding: "W2.6",
    userAgent: "W2.10",
    block: "W2.2",
    versionMissing: "W2.4",
    version: "W2.9",
    labelsMissing: "W2.25",
    nameMissing: "W2.30",
    repeatedName: "W2.30",
    unsorted: "W2.30",
    empty: "W2.30",
    invalidName: "W2.31",
    reservedName: "W2.31",
    order: "W2.32",
    retry: "W2.19",
    stale: "W2.34",
    histogram: "TR17",
    customBuckets: "T17",
  },
} as const;

/** Rules that only 2.0 has. */
type RuleOf2 = "W2.26" | "W2.27" | "W2.29" | "W2.33" | "W2.36";

type Numbers = typeof numbers;

/** The number of a rule in the project's list of facts: W1.… of remote write 1.0, W2.… of 2.0, T… of histograms. */
export type RuleNumber = Numbers[MessageType][keyof Numbers[MessageType]] | RuleOf2;

/** The numbers that hold for one message type. */
export type RuleNumbers = Numbers[MessageType];

export function ruleNumbers(type: MessageType): RuleNumbers {
  return numbers[type];
}
