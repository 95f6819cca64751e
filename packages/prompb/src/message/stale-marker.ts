/**
 * The stale marker as a number, for generated messages, whose fields are numbers. Engines are free to change the bits
 * of a NaN, though the ones we know keep them; the encoders of `@otel-remote-write/prompb/encode` do not depend on it.
 */
export const staleMarker: number =
  new Float64Array(new BigUint64Array([0x7ff0_0000_0000_0002n]).buffer)[0] ?? NaN;
