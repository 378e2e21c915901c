import { OperationError } from '#contract/errors.ts'
import { sitesHeader } from '#contract/site-scope.ts'
import type { ProxyConfig } from '../config.ts'
import { discardReply, type Upstream } from '../upstream/client.ts'
import type { Person } from './person.ts'

export interface SiteBinding {
  /** Resolves when the gateway is known to bind calls to sites; refuses otherwise, before anything is sent. */
  demand(person: Person, requestId: string): Promise<void>
}

/**
 * The gateway in this process binds calls to sites. One elsewhere may be older, or of another maker, and would answer a
 * guard of one site with every site: it has to prove once that it does, by a call that changes nothing.
 */
export function createSiteBinding(deps: {
  readonly config: Pick<ProxyConfig, 'gatewayMode'>
  readonly upstream: Pick<Upstream, 'send'>
}): SiteBinding {
  let isProven = deps.config.gatewayMode === 'embedded'
  return {
    async demand({ sites, actor }, requestId) {
      if (sites === null || isProven) return
      const reply = await deps.upstream.send({
        name: 'GetDoorStatus',
        method: 'GET',
        requestId,
        actor,
        sites,
      })
      discardReply(reply)
      isProven = reply.bindsSites
      if (!isProven)
        throw new OperationError('PERMISSION_DENIED', {
          detail: `This account is bound to sites, and the gateway does not know of such bounds (${sitesHeader})`,
        })
    },
  }
}

/** Whether a person may hear of something at this site; what says no site is for those who may see every one. */
export function mayHearOf(sites: readonly string[] | null, about: object): boolean {
  if (sites === null) return true
  return 'Site' in about && typeof about.Site === 'string' && sites.includes(about.Site)
}
