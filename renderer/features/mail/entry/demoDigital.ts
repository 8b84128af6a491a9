import { digitalItemView, type DigitalItemView } from '#shared/contract/features/mail/digital.ts'
import { levelOf } from '#shared/domain/mail/letter.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { demoId } from '../../../core/bridge/demo/ids.ts'

/**
 * Two items that wait at the digital mail office, and one above the level of a clerk; a fourth cannot be read.
 * @param level what whoever asks may see
 */
export function demoDigital(today: string, connected: boolean, level: () => number) {
  const item = (n: number, more: Pick<DigitalItemView, 'sender' | 'subject'> & Partial<DigitalItemView>) =>
    digitalItemView.parse({
      id: demoId.draft(900 + n),
      number: `BOD-2026/00${String(12_344 + n)}`,
      on: today,
      files: [{ sha256: demoId.sha(900 + n), name: 'courrier.pdf', size: 48_211 }],
      ...more,
    })
  let items = !connected
    ? []
    : [
        item(1, {
          sender: { name: 'Association Al Amal (spécimen)', nameAr: 'جمعية الأمل (نموذج)' },
          subject: 'Demande d’occupation temporaire du domaine public',
          reference: 'AA/17/2026',
          address: '12, rue des Spécimens, Rabat',
        }),
        item(2, { sender: { name: 'مقاولة نموذجية' }, subject: 'طلب تسوية وضعية محل تجاري' }),
        item(3, {
          sender: { name: 'Tribunal administratif (spécimen)' },
          subject: 'Notification',
          confidentiality: 'secret',
        }),
      ]
  const registered = new Set<string>()
  const seen = () => items.filter(({ confidentiality }) => levelOf(confidentiality) <= level())
  return {
    waiting: () => ({ ready: seen().length, coming: 0, stopped: connected ? 1 : 0 }),
    list: ({ limit }: { readonly limit: number }) => ok({ items: seen().slice(0, limit) }),
    /** Ends the item of a number; a fault where it is registered already. */
    end: (number: string | undefined) => {
      if (number === undefined) return ok(undefined)
      if (registered.has(number)) return err(faultOf('letter.digitalTaken', undefined, { number }))
      if (items.some((one) => one.number === number)) registered.add(number)
      items = items.filter((one) => one.number !== number)
      return ok(undefined)
    },
  }
}
