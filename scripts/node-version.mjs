/** The floor of OpenTelemetry JS 3.x. */
export const oldestNode = "22.15.0";

/** Used where the machine's Node is older. */
export const nodeToBring = "24.21.0";

/**
 * @param {string} version such as `22.15.0`
 * @returns {boolean}
 */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
