import { hostname } from "node:os";
import { pid } from "node:process";
import { isMainThread, threadId } from "node:worker_threads";

/**
 * Without this an application on an old Node would be ended by the first export, a minute after its start. By feature,
 * since other runtimes have a Node version of their own.
 *
 * @throws {Error} that says which Node is needed
 */
export function checkRuntime(promise: { readonly withResolvers?: unknown } = Promise): void {
  if (promise.withResolvers !== undefined) return;
  throw new Error(
    `RemoteWriteMetricExporter needs Node 22.15 or later, and this is ${process.version}: update Node`,
  );
}

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
