import type { Reporter, TestModule } from 'vitest/node';

/**
 * Counts for the one line that ends the output, `N passed, M failed`: told to `npm test`, which prints
 * it when all is cleared away, or printed here when vitest was run alone.
 */
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
    if (process.send) process.send({ counts: { passed, failed } });
    else process.on('exit', () => process.stdout.write(`\n${passed} passed, ${failed} failed\n`));
  }
}
