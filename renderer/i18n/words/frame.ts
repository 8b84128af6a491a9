import { words } from '../words.ts'

export const frameWords = words({
  fr: { home: 'Accueil', counter: 'Guichet', sync: 'Synchronisation', devices: 'Appareils' },
  ar: { home: 'الرئيسية', counter: 'الشباك', sync: 'المزامنة', devices: 'الأجهزة' },
  en: { home: 'Home', counter: 'Counter', sync: 'Synchronisation', devices: 'Devices' },
})
