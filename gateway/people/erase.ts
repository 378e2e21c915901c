import type { Write } from '../store/index.ts'

/** Removes templates and photo of a person here; answers what they were, in words. */
export async function forgetBiometrics(write: Write, code: string): Promise<string[]> {
  const templates = await write.deleteFrom('credential').where('employee_code', '=', code).executeTakeFirst()
  const photo = await write.deleteFrom('person_photo').where('employee_code', '=', code).executeTakeFirst()
  const count = Number(templates.numDeletedRows)
  return [
    ...(count > 0 ? [`${count} ${count === 1 ? 'template' : 'templates'}`] : []),
    ...(Number(photo.numDeletedRows) > 0 ? ['1 photo'] : []),
  ]
}

/**
 * Removes everything kept here of a person. `wish` says whether punches go too ('punches:Remove'); what stays keeps
 * the code and nothing that names its holder.
 */
export async function eraseHere(write: Write, code: string, wish: string | null): Promise<string[]> {
  const removed = await forgetBiometrics(write, code)
  if (wish === 'punches:Remove') {
    const punches = await write.deleteFrom('punch').where('employee_code', '=', code).executeTakeFirst()
    if (Number(punches.numDeletedRows) > 0) removed.push(`${punches.numDeletedRows} punches`)
    const photos = await write
      .deleteFrom('attendance_photo')
      .where('employee_code', '=', code)
      .executeTakeFirst()
    if (Number(photos.numDeletedRows) > 0) removed.push(`${photos.numDeletedRows} photos of punches`)
  }
  const changes = await write.deleteFrom('person_change').where('employee_code', '=', code).executeTakeFirst()
  if (Number(changes.numDeletedRows) > 0) removed.push('the history of changes')
  for (const table of ['access_right', 'person_device', 'people_job_pair'] as const)
    await write.deleteFrom(table).where('employee_code', '=', code).execute()
  await write.deleteFrom('person').where('employee_code', '=', code).execute()
  removed.push('name, card and keypad code')
  return removed
}
