// The arrows between the folders: what each may import of ours. `npm run check` and test/architecture.test.ts hold them.
const ARROWS = {
  domain: [],
  settings: [],
  simulator: [], // written from the vendors' documents alone, so that it can disagree with us
  psa: ['domain/'],
  db: ['domain/'],
  workflows: ['domain/'], // and the types of activities, below
  activities: ['domain/', 'psa/', 'db/'],
  client: ['domain/', 'db/', 'workflows/contracts', 'psa/registry', 'psa/contract'],
  worker: ['domain/', 'psa/', 'db/', 'workflows/', 'activities/', 'settings/', 'client/temporal/'],
  cli: ['.'], // everything: it puts the parts together
};

const arrows = Object.entries(ARROWS).map(([folder, targets]) => ({
  name: `${folder}-imports-only-what-it-may`,
  comment: `${folder}/ may import of ours: ${targets.join(', ') || 'nothing'}. Pass the rest in, or move it to where both may see it.`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: {
    path: `^(${[...Object.keys(ARROWS), 'bench', 'test', 'tools'].join('|')})/`,
    pathNot: [`^${folder}/`, ...targets.map((target) => `^${target}`)],
    ...(folder === 'workflows' && { dependencyTypesNot: ['type-only'] }),
  },
}));

const SOURCES = `^(${Object.keys(ARROWS).join('|')})/`;

export default {
  forbidden: [
    ...arrows,
    {
      name: 'workflows-know-activities-by-type-only',
      comment: 'A type import may reach activities/ and nothing else beyond domain/.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: SOURCES, pathNot: ['^workflows/', '^domain/', '^activities/'] },
    },
    {
      name: 'sql-only-in-db',
      comment: 'Queries live in db/, on a transaction that knows its tenant.',
      severity: 'error',
      from: { path: SOURCES, pathNot: '^db/' },
      to: { path: '(^|node_modules/)(drizzle-orm|drizzle-kit|postgres|pg)(/|$)' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or share a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      comment: 'The file or package is not there: a typing error, or missing in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'A container has the dependencies only, not the devDependencies.',
      severity: 'error',
      from: { path: SOURCES },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.psa-sync|coverage)/' },
    tsPreCompilationDeps: true, // type imports are arrows too
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
