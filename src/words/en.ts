import { commands } from './en/commands.ts'
import { devices } from './en/devices.ts'
import { doors } from './en/doors.ts'
import { errors } from './en/errors.ts'
import { palette } from './en/palette.ts'
import { parts } from './en/parts.ts'
import { punches } from './en/punches.ts'
import { punchesChart } from './en/punches-chart.ts'
import { shell } from './en/shell.ts'
import { states } from './en/states.ts'

/** The English catalogue. One section per subject, each a file of its own in `en/`. */
export const en = {
  language: 'en',
  direction: 'ltr',
  ...shell,
  states,
  errors,
  punches,
  overview: { chart: punchesChart },
  doors,
  devices,
  commands,
  parts,
  palette,
}
