import { authKeys } from "./read-auth.js";

/** Keys that exclude each other, by the path of their section. */
export const authGroups: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "": [authKeys],
  basic_auth: [
    ["username", "username_file"],
    ["password", "password_file"],
  ],
  oauth2: [["client_secret", "client_secret_file"]],
};
