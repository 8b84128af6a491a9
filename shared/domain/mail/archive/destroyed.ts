import type { LetterDraft } from '../letter.ts'

/** What stands in a destroyed line where somebody and something was named, in the languages of its papers. */
const gone = 'éliminé · متلف'

/** What stays of a letter that was destroyed: its place in the register, its dates, its kind and class, what it answered. */
export const remainsOf = (letter: LetterDraft): LetterDraft => ({
  register: letter.register,
  receivedOn: letter.receivedOn,
  mode: letter.mode,
  sender: { name: gone },
  recipients: [],
  ...(letter.letterDate === undefined ? {} : { letterDate: letter.letterDate }),
  subject: gone,
  kind: letter.kind,
  urgency: letter.urgency,
  confidentiality: letter.confidentiality,
  sealed: letter.sealed,
  enclosures: [],
  ...(letter.service === undefined ? {} : { service: letter.service }),
  ...(letter.inReplyTo === undefined ? {} : { inReplyTo: letter.inReplyTo }),
  ...(letter.class === undefined ? {} : { class: letter.class }),
})
