import type { Label } from "@otel-remote-write/prompb";

/**
 * Gives a series other labels, once, before it is sent for the first time. It gets them complete, `__name__` and external
 * labels included, sorted by name; undefined: the series is not sent. It must be pure.
 */
export type Relabel = (labels: readonly Label[]) => readonly Label[] | undefined;
