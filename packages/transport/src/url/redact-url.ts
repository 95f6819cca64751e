/**
 * A URL for messages: origin, path and the names of query parameters. The values of parameters, a parameter without a
 * name, the fragment and credentials may be secret and are left out.
 */
export function redactUrl(url: URL): string {
  const query = url.search
    .slice(1)
    .split("&")
    .filter((parameter) => parameter !== "")
    .map((parameter) => (parameter.includes("=") ? `${parameter.slice(0, parameter.indexOf("="))}=…` : "…"));
  return `${url.origin}${url.pathname}${query.length === 0 ? "" : `?${query.join("&")}`}`;
}
