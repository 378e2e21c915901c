/**
 * Kysely table types. Our own tables: instants are epoch milliseconds, yes/no are 1/0, JSON is text. The account
 * tables are better-auth's, with its names and its dates (text in SQLite, timestamptz in PostgreSQL).
 */
export interface ProxyTables {
  user: UserTable
  session: SessionTable
  account: AccountTable
  verification: VerificationTable
  audit: AuditTable
  callback_seen: CallbackSeenTable
  setting: SettingTable
  saved_view: SavedViewTable
}

type AuthDate = string | Date

export interface UserTable {
  id: string
  name: string
  email: string
  emailVerified: boolean | number
  image: string | null
  createdAt: AuthDate
  updatedAt: AuthDate
  username: string | null
  displayUsername: string | null
  /** Role names separated by a space. */
  roles: string
  disabledAt: number | null
  passwordIsInitial: number
  /** JSON array of the sites the account is bound to; null: every site. */
  sites: string | null
  /** JSON: whether door alarms make a sound and a notification; null: never switched on. */
  alarmSignals: string | null
}

export interface SessionTable {
  id: string
  expiresAt: AuthDate
  token: string
  createdAt: AuthDate
  updatedAt: AuthDate
  ipAddress: string | null
  userAgent: string | null
  userId: string
}

export interface AccountTable {
  id: string
  accountId: string
  providerId: string
  userId: string
  accessToken: string | null
  refreshToken: string | null
  idToken: string | null
  accessTokenExpiresAt: AuthDate | null
  refreshTokenExpiresAt: AuthDate | null
  scope: string | null
  password: string | null
  createdAt: AuthDate
  updatedAt: AuthDate
}

export interface VerificationTable {
  id: string
  identifier: string
  value: string
  expiresAt: AuthDate
  createdAt: AuthDate
  updatedAt: AuthDate
}

/** Append-only. `intent_id` is null on the row that says what was wanted, and names it on rows that say what came. */
export interface AuditTable {
  id: number
  intent_id: number | null
  at: number
  actor: string
  /** JSON array of role names. */
  roles: string
  address: string
  action: string
  subject: string | null
  /** JSON, redacted before it came here. */
  input: string
  /** Null on an intent whose outcome comes later. */
  outcome: string | null
  code: string | null
  command_id: string | null
  hash: string
}

export interface CallbackSeenTable {
  id: string
  seen_at: number
}

export interface SettingTable {
  name: string
  value: string
}

export interface SavedViewTable {
  id: string
  user_id: string
  page: string
  /** As it was written. */
  name: string
  /** The same in lower case: what is compared. */
  name_key: string
  /** Query of the page's address: empty, or starting with "?". */
  search: string
  shared: number
  is_default: number
  saved_at: number
}
