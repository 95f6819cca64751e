// Prints `N passed, N failed, N skipped` from the test runner's JSON report. Fails when no test ran, or none was counted.
import { readFileSync } from "node:fs";
import process from "node:process";

const [, , path = ""] = process.argv;
try {
  const report = JSON.parse(readFileSync(path, "utf8"));
  const { numPassedTests: passed, numFailedTests: failed } = report;
  const skipped = report.numPendingTests + report.numTodoTests;
  // A file that does not even load has no test to count.
  const brokenFiles = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  if (passed + failed + brokenFiles === 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed + brokenFiles} failed, ${skipped} skipped`);
} catch (error) {
  console.error(`There is no report of the tests: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
