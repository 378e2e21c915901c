import { events } from '#contract/events.ts'
import { operations } from '#contract/operations/index.ts'
import { permissionsOf, roles } from './roles.ts'

/** docs/access-matrix.md: role by operation and event, so that a reviewer sees a widened right as a changed line. */
export function accessMatrix(): string {
  const head = `| | right | ${roles.join(' | ')} |\n|---|---|${roles.map(() => ':-:').join('|')}|`
  const line = (name: string, permission: string) =>
    `| ${name} | ${permission} | ${roles.map(role => (has(role, permission) ? 'yes' : '')).join(' | ')} |`
  const operationLines = Object.values(operations).map(({ name, permission }) => line(name, permission))
  const eventLines = Object.entries(events).map(([name, { permission }]) => line(name, permission))
  return `# Who may do what\n\nGenerated from contract/operations, contract/events.ts and proxy/access/roles.ts. Do not edit.\n\n## Operations\n\n${head}\n${operationLines.join('\n')}\n\n## Events on the live connection\n\n${head}\n${eventLines.join('\n')}\n`
}

function has(role: (typeof roles)[number], permission: string): boolean {
  return [...permissionsOf([role])].some(held => held === permission)
}
