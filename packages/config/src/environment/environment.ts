/** Environment variables by their names, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's value; an empty one counts as not set, as OpenTelemetry's specification has it. */
export function lookUp(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}
