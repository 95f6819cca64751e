import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer, FaultAnswer, ScriptedAnswer, StatusAnswer } from "../answers/answer.js";
import { checkAnswer } from "../answers/check-answer.js";
import { wait } from "../answers/wait.js";
import { noCounts } from "../decode/decoded-message.js";
import type { ReceiverState } from "../receiver-state.js";
import { createFindings } from "../rules/findings.js";
import type { ReceivedRequest } from "../store/received-request.js";
import { corsHeaders } from "./cors.js";
import { inspectRequest, type Inspection } from "./inspect-request.js";
import { readBody } from "./read-body.js";
import { addInspection, openRequest, type OpenRequest } from "./record-request.js";
import { sendAnswer, sendFault } from "./send-answer.js";
import { writtenHeaders } from "./written-headers.js";

/** One write request, from its headers to the end of the exchange. */
export async function handleWrite(
  request: IncomingMessage,
  response: ServerResponse,
  state: ReceiverState,
): Promise<void> {
  const record = openRequest(request, state);
  // Taken before the body is read, so that answers go to requests in the order in which these begin.
  const scripted = record.method === "POST" ? state.answers.take() : undefined;
  if (typeof scripted === "object" && "fault" in scripted && scripted.fault === "refuse") {
    await fail(response, record, scripted, undefined, state);
    return;
  }
  const body = await readBody(request, state.limits.requestBytes);
  if (body === "aborted") {
    state.recorded(record);
    state.ended(record);
    return;
  }
  const inspection = body === "too-large" ? tooLarge(state) : inspect(request, body, record, state);
  const answer = (await decide(scripted, record)) ?? inspection.verdict;
  if (typeof answer === "object" && "fault" in answer) {
    await fail(response, record, answer, inspection, state);
  } else {
    await reply(request, response, record, toStatusAnswer(answer), inspection, state);
  }
}

/** What the script says. A function that fails is a mistake in a test, which must be seen. */
async function decide(
  scripted: ScriptedAnswer | undefined,
  record: ReceivedRequest,
): Promise<Answer | undefined> {
  if (typeof scripted !== "function") return scripted;
  try {
    const answer = await scripted(record);
    if (answer !== undefined) checkAnswer(answer);
    return answer;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown error";
    return { status: 500, body: `the scripted answer failed: ${reason}\n` };
  }
}

function inspect(
  request: IncomingMessage,
  body: Uint8Array,
  record: OpenRequest,
  state: ReceiverState,
): Inspection {
  record.body = body;
  const inspection = inspectRequest({ method: record.method, headers: request.headers, body }, state);
  addInspection(record, inspection);
  return inspection;
}

function toStatusAnswer(answer: Exclude<Answer, FaultAnswer>): StatusAnswer {
  return typeof answer === "number" ? { status: answer } : answer;
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  record: OpenRequest,
  answer: StatusAnswer,
  inspection: Inspection,
  state: ReceiverState,
): Promise<void> {
  const { status } = answer;
  const isSuccess = status >= 200 && status < 300;
  store(record, answer.store ?? isSuccess, inspection, state);
  record.status = status;
  state.recorded(record);
  await wait(answer.after, state.closing);
  const hasWritten =
    record.messageType === "io.prometheus.write.v2.Request" && (answer.written ?? status !== 415);
  record.answered = await sendAnswer(response, {
    status,
    headers: {
      ...corsHeaders,
      ...(hasWritten ? writtenHeaders(record.stored ? record.counts : noCounts) : {}),
      ...(status === 405 ? { Allow: "POST, OPTIONS" } : {}),
      ...answer.headers,
    },
    body: answer.body ?? "",
  });
  if (record.answered && inspection.retryKey !== undefined) {
    state.retries.answered(inspection.retryKey, status, mayBeUnseen(request));
  }
  state.ended(record);
}

/**
 * A sender whose time was over, or a proxy that broke, ends or resets the connection, whether the answer was on its way
 * or not. One that keeps no connections ends them anyway.
 */
function mayBeUnseen({ socket, headers }: IncomingMessage): () => boolean {
  const isKept = headers.connection?.toLowerCase() !== "close";
  return () => socket.errored !== null || (isKept && socket.readableEnded);
}

async function fail(
  response: ServerResponse,
  record: OpenRequest,
  answer: FaultAnswer,
  inspection: Inspection | undefined,
  state: ReceiverState,
): Promise<void> {
  if (inspection !== undefined) store(record, answer.store ?? false, inspection, state);
  record.fault = answer.fault;
  state.recorded(record);
  await wait(answer.after, state.closing);
  await sendFault(response, answer.fault);
  state.ended(record);
}

function store(record: OpenRequest, wanted: boolean, { message }: Inspection, state: ReceiverState): void {
  if (!wanted || message === undefined || record.violations.length > 0) return;
  state.store.add(message);
  record.stored = true;
}

function tooLarge({ limits }: ReceiverState): Inspection {
  const body = `the body has more than ${limits.requestBytes} bytes\n`;
  return {
    counts: noCounts,
    findings: createFindings(),
    verdict: { status: 413, body },
  };
}
