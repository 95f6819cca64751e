import { wrongOption } from "@otel-remote-write/auth";
import { type ConnectionOptions, type HttpAgent, refuseConnectionOptions } from "./connection-options.js";

/**
 * Checks the option `agent`, and that nothing is asked for which the agent alone decides.
 *
 * @throws {TypeError} Naming the option and the fix.
 */
export function checkAgent(url: URL, { agent, ...others }: ConnectionOptions, owner: string): HttpAgent {
  const shape: unknown = agent;
  if (typeof shape !== "object" || shape === null || !("addRequest" in shape)) {
    throw wrongOption(
      shape,
      "agent",
      owner,
      "an Agent of node:http or node:https, such as new https.Agent({ keepAlive: true })",
    );
  }
  refuseConnectionOptions(
    others,
    owner,
    "has no effect with an agent of your own; set it there, or leave one out",
  );
  const protocol = agentProtocol(shape);
  if (protocol !== undefined && protocol !== url.protocol) {
    throw new TypeError(
      `${owner}: agent must be an Agent of node:${url.protocol.slice(0, -1)}, as url begins with ${url.protocol}//, ` +
        `got one for ${protocol}//`,
    );
  }
  return agent as HttpAgent;
}

/** The one protocol that an agent is for; undefined for one that is for both: those have it as a getter. */
export function agentProtocol(agent: object): string | undefined {
  const protocol: unknown = Object.hasOwn(agent, "protocol") ? Reflect.get(agent, "protocol") : undefined;
  return typeof protocol === "string" ? protocol : undefined;
}
