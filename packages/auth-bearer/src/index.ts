export { bearerAuth, type BearerAuthOptions, type GetToken, type GetTokenContext } from "./bearer-auth.js";
