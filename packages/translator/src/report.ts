/** Why something was dropped. */
export type DropReason =
  /** The metric is delta, or has no temporality: only cumulative ones can be sent (T16, T19). The whole metric. */
  | "delta_temporality"
  /** A data point type that is none of those known. The whole metric. */
  | "unsupported_metric_type"
  /** Nothing valid is left of the name. The whole metric. */
  | "empty_name"
  /** Another metric of another type has this name (T7). The whole metric. */
  | "type_conflict"
  /** Another instrument, or an earlier point, has this series already. The point. */
  | "duplicate_series"
  /** One attributes object came twice in one metric: it was changed after recording. The point. */
  | "mutated_attributes"
  /** An exponential histogram without a sum (T18). The point. */
  | "missing_sum"
  /** An exponential histogram of a scale below -4 (T18). The point. */
  | "scale_too_small"
  /** Counts, offsets or boundaries that no histogram can have. The point. */
  | "invalid_buckets"
  /** A value that is no number. The point. */
  | "invalid_value"
  /** An attribute's key gives no label name, and without that label the point would be taken for another series. */
  | "invalid_label_name"
  /** No end time, or none that can be written as milliseconds. The point. */
  | "invalid_timestamp"
  /** The input could not be read. What was being read. */
  | "unreadable_input";

/** Something that was recorded and is not sent. */
export interface Drop {
  /** The metric's name as the application knows it. */
  readonly metric: string;
  readonly reason: DropReason;
  /** One sentence for a log. */
  readonly detail: string;
}

/** What a warning is about. */
export type WarningCode =
  /** Several attributes met one label; their values are joined with `;` (T21). */
  | "label_collision"
  /** An attribute met a label that is generated, which wins. */
  | "label_overridden"
  /** An attribute would replace the metric's name; it is left out (TR8). */
  | "reserved_label_name"
  /** A key of a resource's or scope's attribute gives no valid label name; the label is left out. */
  | "invalid_label_name"
  /** A scope attribute met one of the scope's own labels and is left out (T8). */
  | "scope_attribute_conflict"
  /** Help or unit differ between metrics of one name; the first one's are kept (T7). */
  | "metadata_conflict"
  /** The count of a native histogram disagreed with its buckets, or that of a classic one was none: recomputed. */
  | "count_corrected"
  /** Two resources of one job and instance at one time; only the first one's `target_info` is sent (T24). */
  | "target_info_conflict";

/** Something that was sent otherwise than it was recorded. */
export interface Warning {
  readonly code: WarningCode;
  /** The metric's name as the application knows it; the first one's where several are concerned. */
  readonly metric: string;
  /** One sentence for a log. */
  readonly detail: string;
}

/** Gathers the drops and warnings of one call. */
export interface Report {
  readonly drops: Drop[];
  readonly warnings: Warning[];
  drop(metric: string, reason: DropReason, detail: string): void;
  /** The same warning, of whatever metric, is told once. */
  warn(code: WarningCode, metric: string, detail: string): void;
}

export function createReport(): Report {
  const drops: Drop[] = [];
  const warnings: Warning[] = [];
  const told = new Set<string>();
  return {
    drops,
    warnings,
    drop(metric, reason, detail) {
      drops.push({ metric, reason, detail });
    },
    warn(code, metric, detail) {
      const key = `${code} ${detail}`;
      if (told.has(key)) return;
      told.add(key);
      warnings.push({ code, metric, detail });
    },
  };
}

/** Tells warnings of an earlier round again, since what they are about is sent again. */
export function tellAgain(report: Report, warnings: readonly Warning[]): void {
  for (const { code, metric, detail } of warnings) report.warn(code, metric, detail);
}
