import { words } from '../words.ts'

export const uiWords = words({
  fr: {
    close: 'Fermer',
    dismiss: 'Masquer ce message',
    retry: 'Réessayer',
    cancel: 'Annuler',
    supportCode: 'Code pour l’assistance informatique',
    nothingFound: 'Rien ne correspond',
  },
  ar: {
    close: 'إغلاق',
    dismiss: 'إخفاء هذه الرسالة',
    retry: 'إعادة المحاولة',
    cancel: 'إلغاء',
    supportCode: 'رمز الدعم التقني',
    nothingFound: 'لا نتيجة مطابقة',
  },
  en: {
    close: 'Close',
    dismiss: 'Hide this message',
    retry: 'Try again',
    cancel: 'Cancel',
    supportCode: 'Code for IT support',
    nothingFound: 'Nothing matches',
  },
})
