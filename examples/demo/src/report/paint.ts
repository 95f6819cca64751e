import { styleText } from "node:util";

/** Marks text by colour where the terminal has colours. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  strong(text: string): string;
  dim(text: string): string;
}

/** No colours when the stream is no terminal, and when NO_COLOR says so: `styleText` looks at both. */
export function createPaint(stream: NodeJS.WriteStream): Paint {
  const style = (format: "green" | "red" | "bold" | "dim") => (text: string) =>
    styleText(format, text, { stream });
  return { good: style("green"), bad: style("red"), strong: style("bold"), dim: style("dim") };
}
