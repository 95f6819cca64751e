import { basicAuth } from "@otel-remote-write/auth-basic";
import { bearerAuth } from "@otel-remote-write/auth-bearer";
import { expect, it, onTestFinished } from "vitest";
import { startVictoriaMetrics } from "../../scripts/servers/victoriametrics.mjs";
import { startVmauth } from "../../scripts/servers/vmauth.mjs";
import { describeWithPrograms } from "../harness/describe-with-programs.js";
import { createPipeline } from "./pipeline.js";

describeWithPrograms(["victoriametrics", "vmauth"], "VictoriaMetrics behind vmauth", (found) => {
  async function setUp() {
    const store = await startVictoriaMetrics(found("victoriametrics"));
    onTestFinished(() => store.stop());
    const url_prefix = store.url;
    const config = {
      users: [
        { username: "zoë", password: "pässwörd: 🔑", url_prefix },
        { bearer_token: "a.b-c_d~e+f/g==", url_prefix },
      ],
    };
    const gate = await startVmauth({ ...found("vmauth"), config });
    onTestFinished(() => gate.stop());
    return { store, gate, url: `${gate.url}/api/v1/write` };
  }

  it("takes user and password, and token", async () => {
    const { store, url } = await setUp();
    const basic = createPipeline({ url, auth: basicAuth({ username: "zoë", password: "pässwörd: 🔑" }) });
    expect(await basic.push(1)).toBeUndefined();
    const bearer = createPipeline({ url, auth: bearerAuth({ token: "a.b-c_d~e+f/g==" }) });
    expect(await bearer.push(2)).toBeUndefined();
    const [stored] = await store.samples("secure_value");
    expect(stored?.points.map(({ value }) => value)).toEqual([1, 2]);
  });

  it.each([
    [
      "password",
      basicAuth({ username: "zoë", password: "wrong-password" }),
      'auth plugin "basic": check them',
    ],
    ["token", bearerAuth({ token: "wrong-token" }), 'auth plugin "bearer": check them'],
  ])("refuses a wrong %s in one line", async (_, auth, message) => {
    const { store, url } = await setUp();
    const { push } = createPipeline({ url, auth });
    const text = (await push(1))?.message ?? "";
    expect(text).toContain(`401: the receiver does not accept the credentials of the ${message}`);
    expect(text).not.toMatch(/\n|wrong-/);
    expect(await store.query("secure_value")).toEqual([]);
  });

  it("is waited for while it restarts", async () => {
    const { store, gate, url } = await setUp();
    const { exporter, push } = createPipeline({ url, auth: bearerAuth({ token: "a.b-c_d~e+f/g==" }) });
    await gate.kill();
    expect((await push(1))?.message).toMatch(/queued, will be retried: .*nothing listens on/);
    await gate.restart();
    await exporter.forceFlush();
    const [stored] = await store.samples("secure_value");
    expect(stored?.points.map(({ value }) => value)).toEqual([1]);
    expect(exporter.stats()).toMatchObject({ dropped: {}, unconfirmed: 0, queue: { samples: 0 } });
  });
});
