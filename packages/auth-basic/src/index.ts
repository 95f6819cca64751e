export { basicAuth, type BasicAuthOptions } from "./basic-auth.js";
