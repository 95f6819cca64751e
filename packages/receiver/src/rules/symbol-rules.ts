import type { Request, TimeSeries } from "@otel-remote-write/prompb/v2";
import type { Findings } from "./findings.js";

/** The symbol table and the references into it: W2.29, and W2.25 for their number. */
export function checkSymbols({ symbols, timeseries }: Request, findings: Findings): void {
  if (symbols.length === 0 && timeseries.length === 0) return;
  if (symbols.length === 0) findings.violation("W2.29", "there are no symbols");
  else if (symbols[0] !== "") {
    findings.violation("W2.29", `symbols[0] is ${JSON.stringify(symbols[0])} instead of the empty string`);
  }
  const seen = new Map<string, number>();
  for (const [i, symbol] of symbols.entries()) {
    const first = seen.get(symbol);
    if (first === undefined) seen.set(symbol, i);
    else findings.violation("W2.29", `symbols[${i}] repeats symbols[${first}], ${JSON.stringify(symbol)}`);
  }
  for (const [i, series] of timeseries.entries()) checkReferences(series, i, symbols.length, findings);
}

function checkReferences(series: TimeSeries, at: number, size: number, findings: Findings): void {
  const check = (refs: readonly number[], where: string): void => {
    const wrong = refs.find((ref) => ref >= size);
    if (wrong !== undefined) {
      findings.violation("W2.29", `timeseries[${at}]: ${where} has ${wrong}, there are ${size} symbols`);
    }
  };
  const checkPairs = (refs: readonly number[], where: string): void => {
    check(refs, where);
    if (refs.length % 2 !== 0) {
      findings.violation(
        "W2.25",
        `timeseries[${at}]: ${where} has ${refs.length} entries, which are not pairs`,
      );
    }
  };
  checkPairs(series.labelsRefs, "labels_refs");
  for (const [i, exemplar] of series.exemplars.entries()) {
    checkPairs(exemplar.labelsRefs, `exemplars[${i}].labels_refs`);
  }
  if (series.metadata !== undefined) {
    check([series.metadata.helpRef], "metadata.help_ref");
    check([series.metadata.unitRef], "metadata.unit_ref");
  }
}
