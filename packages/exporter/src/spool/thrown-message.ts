import { thrownText } from "../log/thrown-text.js";

/** What a spool, which may be anybody's, says went wrong. */
export function thrownMessage(thrown: unknown): string {
  return thrown instanceof Error && typeof thrown.message === "string" ? thrown.message : thrownText(thrown);
}
