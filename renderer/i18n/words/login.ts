import { words } from '../words.ts'

export const loginWords = words({
  fr: { title: 'Connexion', name: 'Identifiant', password: 'Mot de passe', submit: 'Se connecter' },
  ar: { title: 'تسجيل الدخول', name: 'المعرّف', password: 'كلمة المرور', submit: 'دخول' },
  en: { title: 'Sign in', name: 'Login', password: 'Password', submit: 'Sign in' },
})
