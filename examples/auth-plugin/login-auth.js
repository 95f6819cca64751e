/**
 * For a gateway that gives out tokens at a login, and takes them back when it likes.
 *
 * @param {{ loginUrl: string; user: string; password: string }} options
 * @returns {import("@otel-remote-write/auth").AuthPlugin}
 */
export function loginAuth({ loginUrl, user, password }) {
  /** @type {string | undefined} */
  let token;
  return {
    name: "login",
    async authorize({ signal }) {
      if (token === undefined) {
        const response = await fetch(loginUrl, {
          method: "POST",
          body: JSON.stringify({ user, password }),
          signal,
        });
        // Logged, and tried again later: say what is wrong, and keep secrets out of it.
        if (!response.ok) throw new Error(`the login at ${loginUrl} answered ${response.status}`);
        token = await response.text();
      }
      return { authorization: `Token ${token}` };
    },
    // After a 401: true means that other credentials are worth one more attempt.
    onUnauthorized() {
      token = undefined;
      return true;
    },
  };
}
