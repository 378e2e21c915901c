/** The proxy's settings, already read and checked (bin reads the environment). */
export interface ProxyConfig {
  /** Base of the gateway's operations, ending in `/v3`. */
  readonly gatewayUrl: string
  /** What people's calls are made with; it never reaches a browser and should not hold `webhooks:local`. */
  readonly gatewayToken: string
  /** What our own callback is registered with; needs `webhooks:local` where we live at a local address. */
  readonly registrationToken?: string | undefined
  /** `remote`: the gateway is elsewhere, perhaps without our own operations and without signatures. */
  readonly gatewayMode: 'embedded' | 'remote'
  /** What outsiders call us by; https here means secure cookies, and a reverse proxy in front of us. */
  readonly publicUrl?: string | undefined
  /** Actions on a whole site want the password once more. */
  readonly stepUp?: boolean | undefined
  /** Where the built single-page application lies. */
  readonly staticDir: string
  /** IANA zone of the first site. */
  readonly timeZone: string
  /** 32 random bytes kept outside the database; session, callback secret and callback token are derived from it. */
  readonly secretKey: Uint8Array
}
