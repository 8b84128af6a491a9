import { words } from '../words.ts'

export const homeWords = words({
  fr: { title: 'Ma journée' },
  ar: { title: 'يومي' },
  en: { title: 'My day' },
})
