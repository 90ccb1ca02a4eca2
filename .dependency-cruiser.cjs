/** The import rules of docs/design.md §2. tests/architecture plants violations that must be caught. */
const service = (name, others) => ({
  name: `${name}-shares-only-contracts`,
  comment: 'Services share packages/contracts (and runtime) and nothing else.',
  severity: 'error',
  from: { path: `^services/${name}/` },
  to: { path: `^(services/(${others.join('|')})|apps|seeds|tests)/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    service('market', ['ledger', 'subsidy']),
    service('ledger', ['market', 'subsidy']),
    service('subsidy', ['market', 'ledger']),
    {
      name: 'domain-is-pure',
      comment: 'domain/ imports contracts and itself: no store, no runtime, no node, no library.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: [
          '^services/[^/]+/src/domain/',
          '^packages/contracts/',
          'node_modules/(\\.pnpm/)?(zod|@event-driven-io|@hono[/+]zod-openapi|temporal-polyfill|yaml)',
        ],
      },
    },
    {
      name: 'store-knows-no-http',
      severity: 'error',
      from: { path: '^services/[^/]+/src/store/', pathNot: '\\.test\\.ts$' },
      to: { path: '^services/[^/]+/src/(http|process)/' },
    },
    {
      name: 'contracts-know-nobody',
      severity: 'error',
      from: { path: '^packages/contracts/' },
      to: { path: '^(services|apps|seeds|tests|packages/runtime)/' },
    },
    {
      name: 'runtime-knows-no-service',
      severity: 'error',
      from: { path: '^packages/runtime/' },
      to: { path: '^(services|apps|seeds|tests)/' },
    },
    {
      name: 'emmett-in-one-place',
      comment: 'Only the event store file and deciders (types) know emmett.',
      severity: 'error',
      from: {
        pathNot: '^(services/ledger/src/(domain/|store/event-store)|tests/bench-ledger/emmett)',
      },
      to: { path: '@event-driven-io' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
};
