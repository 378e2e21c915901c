import { z } from 'zod'
import { defineOperations } from '../../operation.ts'
import { common, Instant, text } from '../../primitives.ts'

const people = z.int().describe('People')

/** How many of those expected on a day have come, by where they belong. */
const Counts = {
  Expected: people.describe('With a shift on this day, and neither holiday nor leave'),
  Due: people.describe('Of those: whose shift has begun'),
  Arrived: people.describe('Of those expected: with a punch that counts'),
  Unplanned: people.describe('With a punch that counts, though nobody expected them'),
  Late: people,
  NotArrived: people.describe('The shift has begun without them'),
  Absent: people.describe('The shift is over, and every terminal has told everything'),
  NotKnownYet: people.describe('The shift is over, and a terminal may still hold their punch'),
  MissingIn: people,
  MissingOut: people,
  Away: people.describe('On leave or holiday, or excused'),
}

export const ownAttendanceArrivals = defineOperations('attendance', {
  arrivals: {
    name: 'GetArrivals',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary:
      'Who has come of those expected today, by site and department; how far it is complete; what is usual',
    permission: 'attendance:read',
    input: z.object({ ...common, Site: text(100).optional() }),
    answers: {
      200: z.object({
        Date: z.string().describe('The day: the latest that has begun at every site shown'),
        AsOf: Instant,
        Planned: z.boolean().describe('False while nobody has planned anybody'),
        Total: z.object(Counts),
        StillIn: people.describe('Came on this day or the one before and have not left'),
        Groups: z.array(
          z.object({ Site: z.string().nullable(), Department: z.string().nullable(), ...Counts }),
        ),
        Watermarks: z
          .array(
            z.object({
              Site: z.string(),
              TimeZone: z.string(),
              CompleteThrough: z
                .string()
                .nullable()
                .describe('Wall clock up to which everything is here; null: a terminal has never said'),
              Waiting: z.array(
                z.object({
                  DeviceSN: z.string(),
                  LabelName: z.string(),
                  Since: z.string().nullable().describe('Its own wall clock'),
                }),
              ),
            }),
          )
          .describe('Of each site: between what is complete and what is still arriving'),
        Usual: z
          .array(
            z.object({
              Date: z.string(),
              Totals: z.array(z.int()).describe('Punches in each slice of five minutes of the day'),
            }),
          )
          .describe('The same weekday of the last six weeks, as far as there were punches; newest first'),
        Anomalies: z
          .array(
            z.object({
              Site: z.string(),
              Minute: z.int().describe('Of the day, on the wall clock of the site'),
              Arrived: people.describe('With a punch by then today'),
              Usual: people.describe('The middle of the same weekdays'),
            }),
          )
          .describe('Sites whose arrivals lie outside all of the same weekdays and far from their middle'),
      }),
    },
    errors: [],
    changes: [],
  },
})
