import { describe, expect, it } from "vitest";
import type { RemoteWriteMetricExporterOptions } from "./exporter-options.js";
import { resolveExporterOptions } from "./resolve-options.js";

const url = "http://127.0.0.1:9090/api/v1/write";

/** The message for options that no type would let through. */
function errorOf(options: unknown): string {
  try {
    resolveExporterOptions(options as RemoteWriteMetricExporterOptions);
  } catch (error) {
    return error instanceof TypeError ? error.message : `not a TypeError: ${String(error)}`;
  }
  return "no error";
}

describe("resolveExporterOptions", () => {
  it.each([
    [undefined, "options must be an object, got undefined"],
    [{ url, timeoutMilis: 5 }, "timeoutMilis is no option; did you mean timeoutMillis?"],
    [{ url, queue: { maxSampels: 5 } }, "queue.maxSampels is no option; did you mean queue.maxSamples?"],
    [{ url, queue: 5 }, "queue must be an object, got a number"],
    [{ url, queue: { maxSamples: 0 } }, "queue.maxSamples must be a whole number above 0, got 0"],
    [
      { url, queue: { maxSamplesPerSend: 1.5 } },
      "queue.maxSamplesPerSend must be a whole number above 0, got 1.5",
    ],
    [
      { url, queue: { minBackoffMillis: "1s" } },
      "queue.minBackoffMillis must be a whole number above 0, got a string",
    ],
    [
      { url, queue: { minBackoffMillis: 10, maxBackoffMillis: 5 } },
      "queue.minBackoffMillis must be at most queue.maxBackoffMillis (5), got 10",
    ],
    [{ url, metadata: true }, "metadata must be an object, got a boolean"],
    [{ url, metadata: { sned: true } }, "metadata.sned is no option; did you mean metadata.send?"],
    [{ url, metadata: { send: "no" } }, "metadata.send must be true or false, got a string"],
    [
      { url, metadata: { sendIntervalMillis: 0 } },
      "metadata.sendIntervalMillis must be a whole number above 0, got 0",
    ],
    [{ url, name: 5 }, "name must be a non-empty string, got a number"],
    [{ url, staleMarkers: "always" }, 'staleMarkers must be "auto", true or false, got a string'],
    [{ url, unknownInstance: "keep" }, 'unknownInstance must be "omit" or left out, got a string'],
  ])("%j: %s", (options, message) => {
    expect(errorOf(options)).toBe(`RemoteWriteMetricExporter: ${message}`);
  });

  it("leaves the translator's options to the translator's check", () => {
    expect(errorOf({ url, translator: { namespce: "shop" } })).toMatch(/translator\.namespce.*namespace/);
  });

  it.each([
    { explicitHistograms: "customBuckets" },
    { translationStrategy: "NoTranslation" },
    { translationStrategy: "NoUTF8EscapingWithSuffixes" },
  ] as const)("TR18, W1.15: refuses %j unless the message is fixed to 2.0", (translator) => {
    expect(errorOf({ url, translator })).toContain('add protobufMessage: "io.prometheus.write.v2.Request"');
    expect(errorOf({ url, translator, protobufMessage: "io.prometheus.write.v2.Request" })).toBe("no error");
  });

  it('TR18: takes both kinds of buckets with "auto", but not with 1.0', () => {
    const options = { url, translator: { explicitHistograms: "both" } } as const;
    expect(errorOf(options)).toBe("no error");
    expect(errorOf({ ...options, protobufMessage: "auto" })).toBe("no error");
    expect(errorOf({ ...options, protobufMessage: "io.prometheus.write.v2.Request" })).toBe("no error");
    expect(errorOf({ ...options, protobufMessage: "prometheus.WriteRequest" })).toContain(
      'translator.explicitHistograms: "both" needs remote write 2.0',
    );
  });

  it("T25: supplies an instance, unless told to omit it", () => {
    const translator = { fallbackInstance: "mine" };
    expect(resolveExporterOptions({ url, translator }).translator.fallbackInstance).toBe("mine");
    expect(resolveExporterOptions({ url }).translator.fallbackInstance).toMatch(/.:\d+/);
    expect(
      resolveExporterOptions({ url, unknownInstance: "omit" }).translator.fallbackInstance,
    ).toBeUndefined();
  });
});
