/** Test files run side by side: one must not take the port of a server that the other has just killed. */
const OFFSET = 200 * Number(process.env['VITEST_POOL_ID'] ?? '0');

/** Away from those of `npm start` and from those that the tests share. */
export const TEST_PORTS = { postgres: 25_439 + OFFSET, temporal: 27_233 + OFFSET, temporalUi: 28_233 + OFFSET };

/** Of tests that start Postgres by itself: nobody chooses another port for them when one is taken at the same moment. */
export const LONE_POSTGRES_PORT = 23_439 + OFFSET;
