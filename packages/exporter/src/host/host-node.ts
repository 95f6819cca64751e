import { hostname } from "node:os";
import { pid } from "node:process";
import { isMainThread, threadId } from "node:worker_threads";

/**
 * Tells the series of this process from those of its replicas: `<host name>:<pid>`, and `:<thread id>` in a worker
 * thread. On AWS Lambda, where host names and pids repeat, the name of the log stream, which is one for each instance.
 */
export function hostInstance(): string {
  const logStream = process.env["AWS_LAMBDA_LOG_STREAM_NAME"];
  if (logStream !== undefined && logStream !== "") return logStream;
  const instance = `${hostname()}:${pid}`;
  return isMainThread ? instance : `${instance}:${threadId}`;
}
