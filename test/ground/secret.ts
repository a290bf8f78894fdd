/** The master secret of every test: what is derived from it is the same in every process. */
export const TEST_SECRET = 'a-secret-for-tests-only-0123456789abcdef';
