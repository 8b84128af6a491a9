import { computed, shallowRef } from 'vue'
import type { MailOverview, MailSettings } from '#shared/contract/features/mail/views.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'
import { useSession } from '../../core/stores/session.ts'
import type { IconName } from '../../ui/icons.ts'

/** The parts of the mail office, as they stand side by side. */
export type MailPart = 'letters' | 'folder' | 'due' | 'entry' | 'stack' | 'slips' | 'closing' | 'figures'
/**
 * What is shown: a part, the taking over of an older register, which is begun from the figures, or the archive, which is
 * begun from the closing.
 */
export type MailView = MailPart | 'takeover' | 'archive'

export const viewIcons = {
  letters: 'mail',
  folder: 'inbox',
  due: 'clock',
  entry: 'type',
  stack: 'stack',
  slips: 'delivered',
  closing: 'lock',
  figures: 'chart',
} as const satisfies Readonly<Record<MailPart, IconName>>

/** How the registers are kept here, and what of them waits. */
export const useMailOffice = defineSessionStore('mailOffice', () => {
  const bridge = useBridge()
  const session = useSession()
  const settings = shallowRef<MailSettings>()
  const overview = shallowRef<MailOverview>()
  const openSlips = shallowRef<number>()
  const fault = shallowRef<Fault>()
  const view = shallowRef<MailView>('letters')
  const load = async (): Promise<void> => {
    const [known, now, slips] = await Promise.all([
      settings.value === undefined ? bridge.call('mail.settings', {}) : undefined,
      bridge.call('mail.overview', {}),
      session.may('keepMail') ? bridge.call('mail.slips', { open: true }) : undefined,
    ])
    if (known?.ok === true) settings.value = known.value
    if (now.ok) overview.value = now.value
    if (slips?.ok === true) openSlips.value = slips.value.slips.length
    fault.value = [known, now, slips].flatMap((one) => (one === undefined || one.ok ? [] : one.fault))[0]
  }
  return {
    settings,
    overview,
    openSlips,
    fault,
    view,
    views: computed((): readonly MailPart[] => [
      'letters',
      ...(session.may('routeMail') ? (['folder', 'due'] as const) : []),
      ...(session.may('keepMail') ? (['entry', 'stack', 'slips'] as const) : []),
      ...(session.may('closeMail') ? (['closing', 'figures'] as const) : []),
    ]),
    load,
    /** Today at the office, as an ISO day. */
    today: computed(() => overview.value?.today ?? settings.value?.today ?? ''),
    keeps: computed(() => session.may('keepMail')),
    routes: computed(() => session.may('routeMail')),
    closes: computed(() => session.may('closeMail')),
  }
})
