import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { OperationInput } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { peopleWords } from '../../../../words/people.ts'
import { Forecast } from './forecast.tsx'
import styles from './push-form.module.css'

/** Longer addresses are refused on the way (Node reads 16 kB of head). */
const codesLengthMax = 8000

export type Asked = Omit<OperationInput<'users.forecast'>, 'TargetDeviceSN'>

/** Asks for the forecast as soon as there is something to ask; answers whether everything fits, once known. */
export function useForecast(asked: Asked | null, targets: ReadonlySet<string>) {
  const isTooLong =
    Array.isArray(asked?.EmployeeCode) && asked.EmployeeCode.join('%2C').length > codesLengthMax
  const query = useQuery({
    ...operationQuery('users.forecast', { ...asked, TargetDeviceSN: [...targets].sort() }),
    enabled: asked !== null && targets.size > 0 && !isTooLong,
    placeholderData: keepPreviousData,
  })
  const fits = query.data?.Targets.every(target => target.Fits) ?? true
  return { query, isTooLong, fits }
}

/** The forecast, or why there is none. */
export function ForecastSection({
  forecast,
  isReady,
}: {
  readonly forecast: ReturnType<typeof useForecast>
  readonly isReady: boolean
}) {
  const w = peopleWords.push
  return (
    <section aria-label={w.forecast}>
      <h3 className={styles.heading}>{w.forecast}</h3>
      {forecast.isTooLong ? (
        <p className={styles.note}>{w.tooMany}</p>
      ) : isReady ? (
        <QueryBlock query={forecast.query}>{({ Targets }) => <Forecast targets={Targets} />}</QueryBlock>
      ) : (
        <p className={styles.note}>{w.choose}</p>
      )}
    </section>
  )
}
