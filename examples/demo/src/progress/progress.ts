/** Shows how far it is: one line that is rewritten on a terminal, a new line each time elsewhere. */
export interface Progress {
  show(line: string): void;
  /** A line that stays. */
  note(line: string): void;
  /** Leaves the last line standing. */
  end(): void;
}

export function createProgress(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Progress {
  const isRewritten = stream.isTTY && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "";
  let isOpen = false;
  const end = (): void => {
    if (isOpen) stream.write("\n");
    isOpen = false;
  };
  const write = (line: string): void => void stream.write(`${line}\n`);
  if (!isRewritten) return { show: write, note: write, end };
  return {
    show(line) {
      // A longer line would wrap, and then only its last part would be rewritten. Some terminals say 0.
      stream.write(`\r\u001B[K${line.slice(0, (stream.columns || Infinity) - 1)}`);
      isOpen = true;
    },
    note(line) {
      end();
      write(line);
    },
    end,
  };
}
