/** Away from those of `npm start` and from those that the tests share. */
export const TEST_PORTS = { postgres: 25_439, temporal: 27_233, temporalUi: 28_233 };
