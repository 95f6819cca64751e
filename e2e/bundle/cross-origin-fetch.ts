// What a page can see of a response of another origin, besides what that allows.
const visibleHeaders = new Set([
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
]);

/**
 * `fetch` as a page of another origin has it: the browser asks the server first, sends its own User-Agent, and hides the
 * headers of the response that the server does not expose.
 */
export function createCrossOriginFetch(origin: string, userAgent: string): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.delete("user-agent");
    const preflight = await fetch(input, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": init?.method ?? "GET",
        "access-control-request-headers": [...headers.keys()].join(","),
      },
    });
    checkOrigin(preflight, origin);
    const allowed = new Set(listOf(preflight, "access-control-allow-headers"));
    const refused = [...headers.keys()].find((name) => !allowed.has(name));
    if (!preflight.ok || refused !== undefined) {
      throw new TypeError(`Failed to fetch: the preflight allows no ${refused ?? "request"}`);
    }
    headers.set("origin", origin);
    headers.set("user-agent", userAgent);
    const response = await fetch(input, { ...init, headers });
    checkOrigin(response, origin);
    return hideHeaders(response);
  };
}

function checkOrigin(response: Response, origin: string): void {
  const allowed = response.headers.get("access-control-allow-origin");
  if (allowed !== "*" && allowed !== origin) throw new TypeError(`Failed to fetch: ${origin} is not allowed`);
}

function hideHeaders(response: Response): Response {
  const exposed = new Set([...visibleHeaders, ...listOf(response, "access-control-expose-headers")]);
  const { status, statusText } = response;
  const headers = [...response.headers].filter(([name]) => exposed.has(name));
  const visible = new Response(response.body, { status, statusText, headers });
  return Object.defineProperty(visible, "type", { value: "cors" });
}

function listOf(response: Response, header: string): string[] {
  return (response.headers.get(header) ?? "").split(",").map((name) => name.trim().toLowerCase());
}
