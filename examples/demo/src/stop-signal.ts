/** How long one press of Ctrl-C may take to arrive twice: npm hands on what the terminal has sent already. */
const samePressMillis = 500;

/** What this needs of `process`. */
interface Host {
  on(event: "SIGINT" | "SIGTERM" | "SIGHUP", listener: () => void): unknown;
  exit(code: number): void;
  readonly stdout: { on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown };
}

/**
 * A signal that is aborted by Ctrl-C (SIGINT), SIGTERM, and SIGHUP (the terminal was closed), so that the demo can end in order. The second time ends the
 * process at once; servers that it started end with it.
 */
export function createStopSignal(
  host: Host = process,
  now: () => number = () => performance.now(),
): AbortSignal {
  const stopping = new AbortController();
  let firstTime: number | undefined;
  const stop = (): void => {
    firstTime ??= now();
    if (now() - firstTime > samePressMillis) host.exit(130);
    stopping.abort();
  };
  for (const event of ["SIGINT", "SIGTERM", "SIGHUP"] as const) host.on(event, stop);
  host.stdout.on("error", (error) => {
    // Nobody reads any more: the pipe's reader has ended, as in `| head`, or the terminal was closed. What follows is
    // written to nobody, in the usual order.
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    stopping.abort();
  });
  return stopping.signal;
}
