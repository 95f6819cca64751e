const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const time = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";
const forms = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  `[A-Z][a-z]{2}, (?<day>\\d\\d) (?<month>[A-Z][a-z]{2}) (?<year>\\d{4}) ${time} GMT`,
  // Sunday, 06-Nov-94 08:49:37 GMT
  `[A-Z][a-z]{5,8}, (?<day>\\d\\d)-(?<month>[A-Z][a-z]{2})-(?<year>\\d\\d) ${time} GMT`,
  // Sun Nov  6 08:49:37 1994
  `[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`));

/**
 * Reads a date of HTTP in any of the three forms that a recipient must take (RFC 9110, 5.6.7). `Date.parse` takes far
 * more, "5.5" among it.
 *
 * @param nowMillis Decides the century of the two-digit form.
 * @returns Milliseconds since the epoch; undefined for anything else.
 */
export function parseHttpDate(text: string, nowMillis: number): number | undefined {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts !== undefined) return toMillis(parts, nowMillis);
  }
  return undefined;
}

function toMillis(parts: Readonly<Record<string, string>>, nowMillis: number): number | undefined {
  const number = (name: string): number => Number(parts[name]);
  const month = months.indexOf(parts["month"] ?? "");
  const [day, hour, minute, second] = [number("day"), number("hour"), number("minute"), number("second")];
  // 60 is a leap second.
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return undefined;
  const year = parts["year"]?.length === 2 ? fullYear(number("year"), nowMillis) : number("year");
  if (new Date(Date.UTC(year, month, day)).getUTCDate() !== day) return undefined;
  return Date.UTC(year, month, day, hour, minute, second);
}

/** A two-digit year more than 50 years ahead is in the past. */
function fullYear(twoDigits: number, nowMillis: number): number {
  const now = new Date(nowMillis).getUTCFullYear();
  const year = now - (now % 100) + twoDigits;
  return year > now + 50 ? year - 100 : year;
}
