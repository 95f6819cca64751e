export type { AwsCredentials, AwsCredentialsProvider } from "./credentials.js";
export { sigV4Auth, type SigV4AuthOptions } from "./sigv4-auth.js";
