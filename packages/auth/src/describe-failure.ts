/** Deeper causes are left out. */
const maxDepth = 4;

/**
 * What is known of an error that came out of foreign code (a token callback, a credentials provider), without anything
 * that may hold a secret. Messages and stacks do: they quote URLs, headers and bodies. So this gives only the names and
 * codes of the error and its causes: `TypeError, caused by Error ECONNREFUSED`, `RestError 403`.
 */
export function describeFailure(error: unknown): string {
  const parts: string[] = [];
  for (let cause = error; parts.length < maxDepth; cause = cause.cause) {
    if (!(cause instanceof Error)) {
      if (parts.length === 0) parts.push("something that is not an Error");
      break;
    }
    parts.push(describeOne(cause));
  }
  return parts.join(", caused by ");
}

function describeOne(error: Error & { code?: unknown; status?: unknown; statusCode?: unknown }): string {
  const { name, code, status, statusCode } = error;
  return [
    /^[A-Za-z]{0,60}(Error|Exception)$/.test(name) ? name : "Error",
    typeof code === "string" && /^[A-Z_]{2,64}$/.test(code) ? code : undefined,
    [status, statusCode, code].find(isHttpStatus),
  ]
    .filter((part) => part !== undefined)
    .join(" ");
}

function isHttpStatus(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 599;
}
