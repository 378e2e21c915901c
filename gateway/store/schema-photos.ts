import type { Generated } from 'kysely'

/** A photo taken at a terminal, kept for `photosKeptMs` (store/photos.ts). */
export interface AttendancePhotoTable {
  id: Generated<number>
  sn: string
  /** The terminal's own name for it: time, and person if it knew one. */
  file_name: string
  /** null: the verification failed, or nobody was recognised. */
  employee_code: string | null
  /** Wall clock of the terminal, to the second. */
  local_time: string
  received_at: number
  type: 'jpg' | 'png'
  /** Before sealing. */
  bytes: number
  /** Sealed. */
  content: Uint8Array
}
