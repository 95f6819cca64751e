export type { AuthPlugin, AuthRequest } from "./auth-plugin.js";
