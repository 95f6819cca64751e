/** Tenants are named in receivers' messages, where they help, and are no secrets. */
const tenantHeaders: ReadonlySet<string> = new Set(["x-scope-orgid", "thanos-tenant"]);

/** What of a request may be secret: values of headers, credentials without their scheme, values in the query. */
export function secretsOf(url: URL, headers: Readonly<Record<string, string>>): string[] {
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (tenantHeaders.has(name.toLowerCase())) continue;
    const credentials = value.slice(value.indexOf(" ") + 1);
    secrets.push(value, credentials);
    if (/^basic /i.test(value)) secrets.push(...passwordOf(credentials));
  }
  for (const parameter of url.search.slice(1).split("&"))
    secrets.push(parameter.slice(parameter.indexOf("=") + 1));
  secrets.push(...url.searchParams.values());
  return secrets;
}

/** A receiver that decodes basic credentials may echo what it found. The user's name is none. */
function passwordOf(credentials: string): string[] {
  try {
    const text = new TextDecoder().decode(Uint8Array.from(atob(credentials), (byte) => byte.charCodeAt(0)));
    return [text, text.slice(text.indexOf(":") + 1)];
  } catch {
    return [];
  }
}
