import type { ScriptedAnswer } from "./answer.js";
import { checkScriptedAnswer } from "./check-answer.js";

/** The scripted answers to come. */
export interface AnswerQueue {
  /** Adds answers to the next requests, one each. */
  push(answers: readonly unknown[]): void;
  /** Sets what answers every request that has no answer of its own; `undefined` is the default behaviour. */
  setEvery(answer: unknown): void;
  /** The answer to a request that begins now; `undefined` is the default behaviour. */
  take(): ScriptedAnswer | undefined;
  readonly size: number;
  clear(): void;
}

export function createAnswerQueue(): AnswerQueue {
  let next: ScriptedAnswer[] = [];
  let every: ScriptedAnswer | undefined;
  return {
    push(answers): void {
      const checked = answers.map((answer) => {
        checkScriptedAnswer(answer);
        return answer;
      });
      next.push(...checked);
    },
    setEvery(answer): void {
      if (answer !== undefined) checkScriptedAnswer(answer);
      every = answer;
    },
    take: () => next.shift() ?? every,
    get size(): number {
      return next.length;
    },
    clear(): void {
      next = [];
      every = undefined;
    },
  };
}
