import type { OperationAnswer } from '#contract/types.ts'
import type { PersonRecord } from './use-person.ts'

type Terminal = OperationAnswer<'users.terminals'>['Terminals'][number]
type Kind = 'Fingerprint' | 'Face'

export interface Misfit {
  readonly kind: Kind
  readonly version: string
  /** Terminals the person is wanted on and that read another version. */
  readonly labels: readonly string[]
}

/**
 * Templates that some terminal cannot read although the person is wanted there: versions are compared by their major
 * number, since 10 and 12 share nothing. A terminal that has another template of a fitting version is no misfit.
 */
export function misfits(credentials: PersonRecord['Credentials'], wantedOn: readonly Terminal[]): Misfit[] {
  const kinds: readonly Kind[] = ['Fingerprint', 'Face']
  return kinds.flatMap(kind => {
    const versions = [
      ...new Set(
        credentials.flatMap(each => (each.Type === kind && each.Algorithm !== null ? [each.Algorithm] : [])),
      ),
    ]
    const others = wantedOn.filter(terminal => {
      const read = terminal[kind]
      return (
        read !== null &&
        (!terminal.KindsKnown || terminal.Kinds.includes(kind)) &&
        !versions.some(version => major(version) === major(read))
      )
    })
    const [version] = versions
    return version === undefined || others.length === 0
      ? []
      : [{ kind, version: versions.join(', '), labels: others.map(terminal => terminal.LabelName) }]
  })
}

function major(version: string): number {
  return Number.parseInt(version, 10)
}
