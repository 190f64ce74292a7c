import { z } from 'zod';

/** What is said of names that are not known: which those are, and which are known. */
export const unknownNames = (unknown: readonly string[], known: readonly string[]): string =>
  `There is no ${unknown.map((name) => `"${name}"`).join(', ')}. There are: ${known.join(', ')}.`;

/** An object that takes these names only; who gives another is told all of them. */
export function strictObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? unknownNames((issue as { keys: string[] }).keys, Object.keys(shape))
        : undefined,
  });
}

/** What is wrong with what was given, a line for each thing. */
export const explainProblems = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => (path.length > 0 ? `${z.core.toDotPath(path)}: ${message}` : message)).join('\n');
