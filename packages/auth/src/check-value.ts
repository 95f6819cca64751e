import { describeKind } from "./describe-kind.js";
import { wrongOption } from "./wrong-option.js";

/** What `setTimeout` can count to: 24 days. */
export const longestDelayMillis: number = 2 ** 31 - 1;

/** @throws TypeError `createSpool: syncWrites must be true or false, got a number` */
export function checkBoolean(value: unknown, option: string, owner: string): boolean {
  if (typeof value === "boolean") return value;
  throw wrongOption(value, option, owner, "true or false");
}

/** @throws TypeError `createSpool: maxBytes must be a whole number above 0, got 1.5` */
export function checkPositiveInteger(value: unknown, option: string, owner: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw wrongNumber(value, option, owner, "a whole number above 0");
}

/** @throws TypeError `createRemoteWriteClient: timeoutMillis must be a number of milliseconds above 0, …, got 0` */
export function checkDelayMillis(value: unknown, option: string, owner: string): number {
  if (typeof value === "number" && value > 0 && value <= longestDelayMillis) return value;
  const wanted = `a number of milliseconds above 0 and at most ${longestDelayMillis}`;
  throw wrongNumber(value, option, owner, wanted);
}

function wrongNumber(value: unknown, option: string, owner: string, wanted: string): TypeError {
  const kind = typeof value === "number" ? String(value) : describeKind(value);
  return wrongOption(value, option, owner, wanted, kind);
}
