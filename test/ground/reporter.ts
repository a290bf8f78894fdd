import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output with the one line that counts: `N passed, M failed`. */
export default class LastLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === 'passed').length;
      const failures = tests.filter((test) => test.result().state === 'failed').length;
      // A file that could not be loaded, or whose hooks failed, has no failed test of its own.
      failed += failures === 0 && module.state() === 'failed' ? 1 : failures;
    }
    process.on('exit', () => process.stdout.write(`\n${passed} passed, ${failed} failed\n`));
  }
}
