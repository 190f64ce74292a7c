/** Away from those of `npm start` and from those that the tests share. */
export const TEST_PORTS = { postgres: 25_439, temporal: 27_233, temporalUi: 28_233 };

/** Of tests that start Postgres by itself: nobody chooses another port for them when one is taken at the same moment. */
export const LONE_POSTGRES_PORT = 25_639;
