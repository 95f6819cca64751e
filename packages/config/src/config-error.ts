/**
 * What is wrong with a configuration: all of it, one line each, `file:line: key: what; fix`. No line holds a value, which
 * may be a secret.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** The lines of the message. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}
