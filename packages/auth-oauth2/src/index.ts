export type { ClientAuthentication } from "./client-authentication.js";
export { oauth2Auth, type OAuth2AuthOptions } from "./oauth2-auth.js";
