import { afterAll } from 'vitest';

const works: (() => unknown)[] = [];

afterAll(async () => {
  for (const work of works.splice(0).reverse()) await work();
});

/**
 * Has something done when the tests of the file are over, last things first. For helpers: an `afterAll` that is called
 * inside of a hook or a test comes too late, and is left out without a word.
 */
export function atEnd(work: () => unknown): void {
  works.push(work);
}
