/** The arrows of ARCHITECTURE.md as rules. Each name says what is forbidden; the comment says why. */
const neighbours = '^(src|proxy|gateway)/'
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'contract-imports-zod-only',
      comment: 'It runs in the browser, both servers and tests',
      severity: 'error',
      from: { path: '^contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^contract/|^node_modules/zod/' },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|proxy|gateway|bin|tests)/|^contract/(?!errors\\.ts$)' },
    },
    {
      name: 'neighbours-do-not-meet',
      comment: 'Proxy to gateway goes over HTTP, even inside one process',
      severity: 'error',
      from: { path: '^(src|proxy|gateway)/' },
      to: { path: neighbours, pathNot: '^$1/' },
    },
    {
      name: 'nobody-imports-bin',
      severity: 'error',
      from: { path: '^(src|proxy|gateway|platform|contract)/' },
      to: { path: '^(bin|tests|e2e)/' },
    },
    {
      name: 'src-has-no-servers',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(platform|proxy|gateway)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'browser-gets-no-schemas',
      comment: 'zod in the entry would cost more than the byte budget leaves (ADR 0013)',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: '^contract/(operations|entities|dashboard|primitives|events)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'protocol-is-pure',
      severity: 'error',
      from: { path: '^gateway/device/protocol/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^gateway/device/protocol/' },
    },
    {
      name: 'attendance-rules-are-pure',
      comment: 'The same punches give the same day wherever and whenever it is asked for',
      severity: 'error',
      from: { path: '^gateway/attendance/rules/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^gateway/(attendance/rules|time)/|^node_modules/temporal-polyfill/' },
    },
    {
      name: 'store-uses-nothing-above',
      severity: 'error',
      from: { path: '^gateway/store/', pathNot: '\\.(test|suite)\\.ts$' },
      to: { path: '^gateway/(?!store/|time/)' },
    },
    {
      name: 'wire-holds-no-rules',
      severity: 'error',
      from: { path: '^gateway/wire/' },
      to: { path: '^gateway/(store|device|punches|commands|webhooks)/' },
    },
    {
      name: 'subjects-do-not-know-the-edge',
      severity: 'error',
      from: {
        path: '^gateway/(attendance|punches|commands|webhooks)/',
        pathNot: '\\.(test|suite)\\.ts$|/testing/',
      },
      to: { path: '^gateway/(http|wire|operations)/' },
    },
    {
      name: 'components-do-not-use-routes',
      severity: 'error',
      from: { path: '^src/components/' },
      to: { path: '^src/routes/' },
    },
    {
      name: 'api-uses-contract-only',
      severity: 'error',
      from: { path: '^src/api/' },
      to: { path: '^src/(components|routes)/' },
    },
    {
      name: 'simulator-is-only-a-client',
      comment: 'It speaks iclock like any terminal',
      severity: 'error',
      from: { path: '^bin/simulator/' },
      to: { path: '^(gateway|proxy|platform|contract)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.gen\\.ts$|^dist/|^\\.cache/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.src.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
