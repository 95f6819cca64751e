/** Tenants are named in receivers' messages, where they help, and are no secrets. */
const tenantHeaders: ReadonlySet<string> = new Set(["x-scope-orgid", "thanos-tenant"]);

/** What of a request may be secret: values of headers, credentials without their scheme, values in the query. */
export function secretsOf(url: URL, headers: Readonly<Record<string, string>>): string[] {
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (tenantHeaders.has(name.toLowerCase())) continue;
    secrets.push(value, value.slice(value.indexOf(" ") + 1));
  }
  for (const parameter of url.search.slice(1).split("&"))
    secrets.push(parameter.slice(parameter.indexOf("=") + 1));
  secrets.push(...url.searchParams.values());
  return secrets;
}
