import type { Reporter, TestCase } from "vitest/node";

/** Names what passed only when it was tried again: the other reporters show it as any other. */
export default class FlakyReporter implements Reporter {
  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) console.log(`flaky: ${test.module.relativeModuleId} > ${test.fullName}`);
  }
}
