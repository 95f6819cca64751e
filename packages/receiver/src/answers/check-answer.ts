import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Answer, ScriptedAnswer } from "./answer.js";

const faults = ["refuse", "reset", "truncate", "stall"];
const members = {
  status: ["status", "headers", "body", "store", "written", "after"],
  fault: ["fault", "store", "after"],
};

/** Throws a TypeError that says what is wrong with an answer from outside. */
export function checkScriptedAnswer(answer: unknown): asserts answer is ScriptedAnswer {
  if (typeof answer !== "function") checkAnswer(answer);
}

export function checkAnswer(answer: unknown): asserts answer is Answer {
  if (typeof answer === "number") {
    checkStatus(answer);
    return;
  }
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) {
    throw new TypeError('an answer is a status, { "status": … } or { "fault": … }');
  }
  const fields: Record<string, unknown> = { ...answer };
  const kind = "fault" in fields ? "fault" : "status";
  const unknown = Object.keys(fields).find((name) => !members[kind].includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`an answer with "${kind}" has no "${unknown}"; it has ${members[kind].join(", ")}`);
  }
  if (kind === "status") checkStatus(fields["status"]);
  else if (!faults.includes(String(fields["fault"]))) {
    throw new TypeError(`"fault" is one of ${faults.join(", ")}`);
  }
  checkType(fields, "body", "string");
  checkType(fields, "store", "boolean");
  checkType(fields, "written", "boolean");
  checkAfter(fields["after"]);
  checkHeaders(fields["headers"]);
}

function checkStatus(status: unknown): void {
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new TypeError('"status" is a whole number from 200 to 599');
  }
}

function checkType(fields: Record<string, unknown>, name: string, type: "string" | "boolean"): void {
  const value = fields[name];
  if (value !== undefined && typeof value !== type) throw new TypeError(`"${name}" is a ${type}`);
}

function checkAfter(after: unknown): void {
  if (after === undefined || after instanceof Promise) return;
  if (typeof after !== "number" || !(after >= 0 && after < 2 ** 31)) {
    throw new TypeError('"after" is a number of milliseconds, 0 or more');
  }
}

function checkHeaders(headers: unknown): void {
  if (headers === undefined) return;
  if (typeof headers !== "object" || headers === null) {
    throw new TypeError('"headers" is an object of header names and string values');
  }
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== "string") throw new TypeError(`"headers": the value of "${name}" is a string`);
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
}
