export type { AuthPlugin, AuthRequest, RefusedAttempt } from "./auth-plugin.js";
export { encodeBase64 } from "./base64.js";
export { createBearerHeader } from "./bearer-header.js";
export { checkHttpUrl } from "./check-http-url.js";
export { checkOneOf } from "./check-one-of.js";
export { checkOptionKeys } from "./check-option-keys.js";
export { checkText } from "./check-text.js";
export { checkBoolean, checkDelayMillis, checkPositiveInteger, longestDelayMillis } from "./check-value.js";
export { describeFailure } from "./describe-failure.js";
export { describeKind } from "./describe-kind.js";
export { foreignText } from "./foreign-text.js";
export { nearestKey } from "./nearest-key.js";
export {
  createRenewedValue,
  type ExpiringValue,
  type RenewedValue,
  type RenewedValueOptions,
} from "./renewed-value.js";
export { createRotatingAuth } from "./rotating-auth.js";
export { createSecretFile, type SecretFile, type SecretFileOptions } from "./secret-file.js";
export { createTextFile } from "#text-file";
export type { CreateTextFile, TextFile, TextFileContent } from "./text-file.js";
export { unwrapped } from "./unwrapped.js";
export { wrongOption } from "./wrong-option.js";
