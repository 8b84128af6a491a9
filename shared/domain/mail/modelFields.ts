import { z } from 'zod'
import { formatDay } from '../receipt/receiptText.ts'
import type { OfficeSeed } from '../office.ts'
import type { LetterDraft } from './letter.ts'
import { usualMail } from './mailOffice.ts'

/** What a model letter has between braces, as whoever writes one types it: `{objet}`. */
export const modelFields = [
  'autorite',
  'autorite_ar',
  'bureau',
  'bureau_ar',
  'service',
  'service_ar',
  'destinataire',
  'destinataire_ar',
  'objet',
  'n_ref',
  'v_ref',
  'date',
  'date_lettre',
  'courrier',
  'pieces_jointes',
] as const
/** Where the code stands by which the letter is known when it comes back signed. */
export const modelCode = 'code'

export const modelTexts = z.record(z.enum(modelFields), z.string().max(2_000))
export type ModelTexts = z.infer<typeof modelTexts>

/**
 * What the fields of a model letter say of a letter that is being written; what it does not say is empty.
 * @param today ISO day on the office's wall
 */
export function textsOfModel(
  { authority, name, mail }: Pick<OfficeSeed, 'authority' | 'name' | 'mail'>,
  letter: LetterDraft,
  today: string,
): ModelTexts {
  const services = mail?.services ?? usualMail.services
  const unit = services.find(({ code }) => code === letter.service)?.name
  const to = letter.recipients.length > 0 ? letter.recipients : [letter.sender]
  return {
    autorite: authority.map(({ fr }) => fr).join('\n'),
    autorite_ar: authority.map(({ ar }) => ar).join('\n'),
    bureau: name.fr,
    bureau_ar: name.ar,
    service: unit?.fr ?? letter.service ?? '',
    service_ar: unit?.ar ?? letter.service ?? '',
    destinataire: to.map((one) => one.name).join('\n'),
    destinataire_ar: to.map((one) => one.nameAr ?? one.name).join('\n'),
    objet: letter.subject,
    n_ref: letter.reference ?? '',
    v_ref: letter.theirReference ?? '',
    date: formatDay(today),
    date_lettre: letter.letterDate === undefined ? formatDay(today) : formatDay(letter.letterDate),
    courrier: letter.inReplyTo ?? '',
    pieces_jointes: letter.enclosures.map(({ count, label }) => `${String(count)} ${label}`).join('\n'),
  }
}
