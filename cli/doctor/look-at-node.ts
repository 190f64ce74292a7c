import { createRequire } from 'node:module';
import { type Finding, fail, ok } from './finding.ts';

/** The Node that runs this, against what package.json asks for (`>=major.minor`). */
export function lookAtNode(version = process.versions.node): Finding {
  const { engines } = createRequire(import.meta.url)('../../package.json') as { engines: { node: string } };
  const [major = 0, minor = 0] = numbers(engines.node);
  const [ownMajor = 0, ownMinor = 0] = numbers(version);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return ok('Node', version);
  return fail('Node', version, `psa-sync needs Node ${engines.node.replace('>=', '')} or newer: https://nodejs.org.`);
}

const numbers = (version: string): number[] => version.match(/\d+/g)?.map(Number) ?? [];
