import type { IncomingMessage } from "node:http";
import type { AnswerQueue } from "../answers/answer-queue.js";
import { readBody } from "./read-body.js";

const maxBytes = 1024 * 1024;

/**
 * `POST /api/answers`: a list of answers for the next requests, or `{ "every": answer }` for all that have none of
 * their own, `{ "every": null }` for the default behaviour. The content type must be JSON's, which keeps web pages of
 * other origins out.
 */
export async function addAnswers(
  request: IncomingMessage,
  answers: AnswerQueue,
): Promise<{ status: number; body: unknown }> {
  if (request.headers["content-type"]?.split(";", 1)[0]?.trim() !== "application/json") {
    return refuse(415, "Content-Type must be application/json");
  }
  const bytes = await readBody(request, maxBytes);
  if (typeof bytes === "string") return refuse(413, `at most ${maxBytes} bytes`);
  try {
    const script: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (Array.isArray(script)) answers.push(script);
    else if (isEvery(script)) answers.setEvery(script.every ?? undefined);
    else return refuse(400, 'expected a list of answers or { "every": answer }');
    return { status: 200, body: { queued: answers.size } };
  } catch (error) {
    return refuse(400, error instanceof Error ? error.message : "unreadable");
  }
}

function isEvery(script: unknown): script is { every: unknown } {
  return typeof script === "object" && script !== null && Object.keys(script).join() === "every";
}

function refuse(status: number, error: string): { status: number; body: unknown } {
  return { status, body: { error } };
}
