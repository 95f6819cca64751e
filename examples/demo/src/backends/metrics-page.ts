/** Adds up the samples on a page in Prometheus' text format that begin with `start`: a name, or with some labels. */
export function addUpMetric(page: string, start: string): number {
  return page
    .split("\n")
    .filter((line) => line.startsWith(start) && /^[{ ,"}]/.test(line.slice(start.length)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}
