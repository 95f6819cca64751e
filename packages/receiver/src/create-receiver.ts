import { clear } from "./http/handle-api.js";
import { writePaths } from "./http/handle-request.js";
import type { ReceiverState } from "./receiver-state.js";
import type { Receiver, WaitCondition } from "./receiver.js";
import { matchesSeries } from "./store/match-series.js";
import { latestPoint } from "./store/stored-series.js";
import type { Waiters } from "./waiters.js";

/** What a listening receiver consists of. */
export interface ReceiverParts {
  readonly state: ReceiverState;
  readonly waiters: Waiters;
  readonly origin: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** The public face of the parts. */
export function createReceiver({ state, waiters, origin, port, close }: ReceiverParts): Receiver {
  const { store, log, answers } = state;
  const find: Receiver["find"] = (matcher) => store.list().filter((series) => matchesSeries(series, matcher));

  const holds = (condition: WaitCondition): boolean => {
    if (typeof condition === "function") return condition(receiver);
    const { requests, storedPoints } = log.totals();
    return requests >= (condition.requests ?? 0) && storedPoints >= (condition.storedPoints ?? 0);
  };

  const receiver: Receiver = {
    url: `${origin}${writePaths[0]}`,
    origin,
    port,
    series: () => store.list(),
    find,
    value(matcher): number | undefined {
      const found = find(matcher);
      if (found.length > 1) {
        const names = found.slice(0, 5).map((series) => JSON.stringify(series.labels));
        throw new Error(`${found.length} series match: ${names.join(", ")}; name more labels, or use find()`);
      }
      return found[0]?.samples.at(-1)?.value;
    },
    latest: () => store.list().flatMap((series) => latestPoint(series) ?? []),
    metadata: () => store.families.list(),
    get requests() {
      return log.list();
    },
    get violations() {
      return log.list().flatMap((request) => request.violations);
    },
    get warnings() {
      return log.list().flatMap((request) => request.warnings);
    },
    totals: () => log.totals(),
    evicted: () => store.evicted(),
    answer: (...next) => answers.push(next),
    answerEvery: (answer) => answers.setEvery(answer),
    waitFor: (condition, options) => waiters.add(() => holds(condition), options?.signal),
    reset(): void {
      clear(state);
      answers.clear();
    },
    close,
  };
  return receiver;
}
