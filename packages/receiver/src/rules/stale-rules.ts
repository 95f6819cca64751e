import type { DecodedMessage } from "../decode/decoded-message.js";
import { staleMarkerBits, type NanBits } from "../decode/nan-bits.js";
import { describeSeries } from "./describe-series.js";
import type { Findings } from "./findings.js";
import type { RuleNumbers } from "./rule-numbers.js";

const signBit = 0x8000000000000000n;
/** Quiet NaNs that platforms make by themselves: most processors and engines, and Go's math.NaN(). */
const ordinaryNans = new Set([0x7ff8000000000000n, 0x7ff8000000000001n]);

/**
 * Stale markers, W1.23 and W2.34: these bits say that a series ends and nothing else. A NaN with other bits that no
 * platform makes by itself is a marker spoilt on the way, as when an engine quiets it to 0x7ff8000000000002.
 */
export function checkStaleMarkers(
  message: DecodedMessage,
  nans: NanBits,
  rules: RuleNumbers,
  findings: Findings,
): void {
  for (const [at, series] of message.series.entries()) {
    const check = (kind: "sample" | "histogram", points: readonly { timestamp: number }[]): void => {
      for (const [i, { timestamp }] of points.entries()) {
        const bits = nans.bitsOf(at, kind, i);
        if (bits === undefined || bits === staleMarkerBits || ordinaryNans.has(bits & ~signBit)) continue;
        const name = describeSeries(series.labels);
        findings.violation(
          rules.stale,
          `series ${name}: the NaN at ${timestamp} has bits 0x${bits.toString(16)}`,
        );
      }
    };
    check("sample", series.samples);
    check("histogram", series.histograms);
    for (const [i] of series.exemplars.entries()) {
      if (nans.bitsOf(at, "exemplar", i) === staleMarkerBits) {
        const name = describeSeries(series.labels);
        findings.violation(rules.stale, `series ${name}: an exemplar has the stale marker as its value`);
      }
    }
  }
}
