import { clock } from './en/terminal-clock.ts'
import { days } from './en/terminal-days.ts'
import { health, orders, swap, timeline, trace } from './en/terminal-health.ts'
import { profile } from './en/terminal-profile.ts'
import { incidents, rejects, security } from './en/terminal-troubles.ts'
import { pageWords } from './index.ts'

const en = {
  sections: 'Sections of this terminal',
  tabs: {
    overview: 'Overview',
    health: 'Health',
    orders: 'Orders',
    timeline: 'Timeline',
    clock: 'Clock',
    incidents: 'Incidents',
    rejects: 'Rejected lines',
    profile: 'How it speaks',
    security: 'Security',
    trace: 'Trace',
  },
  walk: { previous: 'Previous terminal', next: 'Next terminal' },
  health,
  dayList: days,
  orders,
  timeline,
  trace,
  swap,
  profile,
  clock,
  rejects,
  incidents,
  security,
}

export type TerminalWords = typeof en

/**
 * Words of the page of one terminal, in the language shown. The English ones travel with that page: in the catalogue
 * everybody would fetch them with the first frame.
 */
export const terminalWords: TerminalWords = pageWords.terminal ?? en
