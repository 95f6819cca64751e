import type { MetadataOptions, QueueOptions } from "@otel-remote-write/exporter";
import type { Section } from "../source/section.js";

/** Reads `queue_config`. */
export function readQueue(section: Section | undefined): QueueOptions | undefined {
  if (section === undefined) return undefined;
  const ageLimit = section.duration("sample_age_limit");
  const queue = {
    maxSamples: section.count("capacity"),
    maxSamplesPerSend: section.count("max_samples_per_send"),
    minBackoffMillis: aboveZero(section, "min_backoff"),
    maxBackoffMillis: aboveZero(section, "max_backoff"),
    retryOnHttp429: section.boolean("retry_on_http_429"),
    // In Prometheus 0 is no limit.
    sampleAgeLimitMillis: ageLimit === 0 ? Number.MAX_SAFE_INTEGER : ageLimit,
  };
  const { maxSamples = Infinity } = queue;
  if (maxSamples < madeForHere) {
    section.warn(
      "capacity",
      `counts for all samples that wait, not for those of a shard, and no log on disk stands behind it as in Prometheus: ` +
        `in an outage what is more than ${maxSamples} is lost; leave it out for 2,000,000`,
    );
  }
  const { minBackoffMillis = defaultMinBackoffMillis, maxBackoffMillis = defaultMaxBackoffMillis } = queue;
  if (minBackoffMillis > maxBackoffMillis) {
    const given = queue.minBackoffMillis === undefined ? "max_backoff" : "min_backoff";
    section.fail(given, "min_backoff (30ms by default) must not be above max_backoff (5s by default)");
  }
  return onlyGiven(queue);
}

/** Numbers for a shard of Prometheus, 10,000 by default and five times the samples of a request at best, are below it. */
const madeForHere = 100_000;
const defaultMinBackoffMillis = 30;
const defaultMaxBackoffMillis = 5000;

/** Reads `metadata_config`. */
export function readMetadata(section: Section | undefined): MetadataOptions | undefined {
  if (section === undefined) return undefined;
  return onlyGiven({
    send: section.boolean("send"),
    sendIntervalMillis: aboveZero(section, "send_interval"),
  });
}

/** A duration in milliseconds that is not 0. */
export function aboveZero(section: Section, key: string): number | undefined {
  const millis = section.duration(key);
  if (millis === 0) section.fail(key, "must be above 0");
  return millis === 0 ? undefined : millis;
}

/** What is not given must not stand in the way of what is. */
function onlyGiven<Options extends object>(options: Options): Options | undefined {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : (Object.fromEntries(given) as Options);
}
