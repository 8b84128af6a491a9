import { z } from 'zod'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { DeviceStanding, LinkState } from '../ports.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { findSetting, saveSetting } from '../../store/settings.ts'

const linkSetting = 'link'
const linkState: z.ZodType<LinkState> = z.strictObject({
  code: z.string().exactOptional(),
  askedAt: z.string().exactOptional(),
  enrolledAt: z.string().exactOptional(),
  revokedAt: z.string().exactOptional(),
  lastSyncAt: z.string().exactOptional(),
  link: z.enum(['unknown', 'online', 'offline']),
  since: z.string().exactOptional(),
  cursor: z.string().exactOptional(),
  readBy: z.string().exactOptional(),
  referenceAt: z.string().exactOptional(),
  skewMs: z.number().exactOptional(),
})

/** What the counter remembers of its link and of its enrolment. */
export const readLink = (db: ReadHandle): LinkState => findSetting(db, linkSetting, linkState) ?? { link: 'unknown' }

/** Replaces it. */
export function writeLink(db: WriteHandle, state: LinkState): void {
  saveSetting(db, linkSetting, state)
}

/** The link after the platform said how it stands to this device; the same object when that is no news. */
export function linkAfter(link: LinkState, standing: DeviceStanding, at: string): LinkState {
  const { code, revokedAt, ...rest } = link
  switch (standing) {
    case 'refused':
      return code === undefined ? link : { ...rest, ...(revokedAt === undefined ? {} : { revokedAt }) }
    case 'asked':
      return link.askedAt === undefined ? { ...link, askedAt: at } : link
    case 'revoked':
      return revokedAt === undefined ? { ...link, revokedAt: at } : link
    case 'approved':
      return link.enrolledAt !== undefined && revokedAt === undefined
        ? link
        : { ...rest, ...(code === undefined ? {} : { code }), enrolledAt: link.enrolledAt ?? at }
  }
}

/** Why a device that the platform revoked takes no act; nothing while it is trusted. */
export const revocation = (db: ReadHandle): Fault | undefined =>
  readLink(db).revokedAt === undefined ? undefined : faultOf('device.revoked')
