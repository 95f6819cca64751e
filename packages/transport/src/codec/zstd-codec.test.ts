import { decompress } from "fzstd";
import { zstdDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createRemoteWriteClient } from "../client/remote-write-client.js";
import { codecInputs, noise, repetitive } from "../testing/codec-inputs.js";
import { oneSample, startServer, transports } from "../testing/loopback.js";
import { snappyCodec } from "./snappy-codec.js";
import { zstdCodec } from "./zstd-codec.js";

describe("zstdCodec", () => {
  test.each(codecInputs)(
    "%s input comes back from two decoders, one of them independent",
    (_, input) => {
      const compressed = zstdCodec.compress(input);
      expect(Buffer.compare(decompress(compressed), input)).toBe(0);
      expect(Buffer.compare(zstdDecompressSync(compressed), input)).toBe(0);
    },
    60_000,
  );

  test("it makes less of what repeats than snappy does", () => {
    const input = repetitive(200_000);
    expect(zstdCodec.compress(input).length).toBeLessThan(snappyCodec.compress(input).length);
  });

  test("a later call leaves an earlier result alone", () => {
    const first = zstdCodec.compress(repetitive(1000));
    const copy = first.slice();
    zstdCodec.compress(noise(1000));
    expect(first).toEqual(copy);
  });

  test.each(transports)(
    'over $transport it sends the headers of VictoriaMetrics\' protocol, and 1.0 with "auto"',
    async ({ fetch }) => {
      const { url, requests } = await startServer((response) => response.writeHead(204).end());
      const client = createRemoteWriteClient({ url, fetch, codec: zstdCodec, protobufMessage: "auto" });
      expect(await client.send(oneSample)).toMatchObject({ message: "prometheus.WriteRequest" });
      expect(requests).toHaveLength(1);
      expect(requests[0]?.headers).toMatchObject({
        "content-encoding": "zstd",
        "content-type": "application/x-protobuf",
        "x-victoriametrics-remote-write-version": "1",
      });
      expect(new TextDecoder().decode(decompress(requests[0]?.body ?? new Uint8Array()))).toBe(
        "encoded batch",
      );
    },
  );

  test("W2.6: with 2.0 it is an error, which says so", () => {
    const options = { url: "http://localhost/", codec: zstdCodec } as const;
    expect(() =>
      createRemoteWriteClient({ ...options, protobufMessage: "io.prometheus.write.v2.Request" }),
    ).toThrow('createRemoteWriteClient: codec must be snappy with remote write 2.0, got "zstd"; ');
  });
});
