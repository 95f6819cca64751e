import { describe, expect, it } from "vitest";
import { helpText, parseArguments } from "./arguments.js";

describe("parseArguments", () => {
  it.each([
    [[], { kind: "run", backend: "embedded", seconds: 6 }],
    [["--backend", "prometheus"], { kind: "run", backend: "prometheus", seconds: 6 }],
    [
      ["--backend=victoriametrics", "--seconds", "20"],
      { kind: "run", backend: "victoriametrics", seconds: 20 },
    ],
    [["--watch"], { kind: "run", backend: "embedded", seconds: Infinity }],
    [["--help"], { kind: "help" }],
    [["-h", "--watch"], { kind: "help" }],
  ])("reads %j", (args, command) => {
    expect(parseArguments(args)).toEqual(command);
  });

  it.each([
    [["--bakend", "prometheus"], "unknown option --bakend; there are --backend, --seconds, --watch, --help"],
    [["-x"], "unknown option -x; there are --backend, --seconds, --watch, --help"],
    [["--toString"], "unknown option --toString; there are --backend, --seconds, --watch, --help"],
    // What is left when the two dashes are forgotten: npm takes the option itself.
    [
      ["prometheus"],
      'unexpected argument "prometheus"; options follow two dashes, as in: npm run demo -- --backend',
    ],
    [["--backend", "influx"], '--backend is one of embedded, prometheus, victoriametrics, not "influx"'],
    [["--backend"], "--backend is one of embedded, prometheus, victoriametrics"],
    [["--seconds", "0"], "--seconds is a whole number from 1 to 3600"],
    [["--seconds", "3601"], "--seconds is a whole number from 1 to 3600"],
    [["--seconds", "1.5"], "--seconds is a whole number from 1 to 3600"],
    [["--seconds=soon"], "--seconds is a whole number from 1 to 3600"],
    [["--seconds"], "--seconds is a whole number from 1 to 3600"],
    [["--watch", "--seconds", "3"], "--watch goes on until Ctrl-C; leave --seconds out"],
    [["--watch=yes"], "--watch takes no value"],
    [["--help=yes"], "--help takes no value"],
  ])("refuses %j and says what there is", (args, message) => {
    expect(parseArguments(args)).toEqual({ kind: "wrong", message: expect.stringContaining(message) });
  });

  it("names every option in the help", () => {
    for (const option of ["--backend", "--seconds", "--watch", "--help"]) expect(helpText).toContain(option);
  });
});
