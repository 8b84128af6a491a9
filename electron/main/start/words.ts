import type { SettingKind, WrongSetting } from '#shared/domain/machineSettings.ts'
import type { Language } from '#shared/domain/text.ts'

/** Why a data folder cannot be used: by the code of the system. */
export type FolderTrouble = 'readOnly' | 'otherAccount' | 'full' | 'gone'

/** The words of a start that failed. `{file}`, `{name}`, `{folder}`, `{line}` are filled. */
export interface StartWords {
  readonly title: string
  readonly setting: string
  readonly found: Readonly<Record<WrongSetting['found'], string>>
  readonly right: Readonly<Record<SettingKind | 'none' | 'object' | 'root', string>>
  readonly line: string
  readonly folder: Readonly<Record<FolderTrouble, string>>
  readonly crash: string
  readonly safe: string
  readonly next: Readonly<Record<'settings' | 'folder' | 'crash', string>>
  readonly again: string
  readonly leave: string
}

const french: StartWords = {
  title: 'Guichet ne peut pas démarrer',
  setting: '{file} : « {name} » est {found}. Il faut {right}.',
  found: {
    text: 'un texte qui ne convient pas',
    emptyText: 'un texte vide',
    number: 'un nombre',
    switch: 'vrai ou faux',
    list: 'une liste',
    object: 'un objet',
    nothing: 'absent ou illisible',
    noJson: 'mal écrit',
    writable: 'modifiable par d’autres que root',
  },
  right: {
    switch: 'true ou false',
    folder: 'le chemin complet d’un dossier',
    file: 'le chemin complet d’un fichier',
    platform: 'une adresse en https, ou de ce poste',
    proxy: 'une adresse comme http://proxy.example:3128',
    recoveryKey: 'une clé publique age1…, donnée par guichet recovery key',
    fingerprint: 'l’empreinte de la feuille : huit groupes de quatre caractères',
    language: 'fr, ar, zgh ou en',
    ticketPrinter: 'une adresse comme imprimante.example:9100 (rouleau de 58 mm : imprimante.example:9100/58)',
    spoken: 'ar,fr ou fr,ar ou ar ou fr ou none',
    percent: 'un nombre entier de 0 à 100',
    none: 'retirer ce réglage, qui n’existe pas',
    object: 'un seul objet JSON, entre accolades',
    root: 'que le fichier et son dossier appartiennent à root et ne soient modifiables que par lui',
  },
  line: '{file}, ligne {line}',
  folder: {
    readOnly: 'Le dossier {folder} ne peut pas être écrit : son disque est en lecture seule.',
    otherAccount: 'Le dossier {folder} appartient à un autre compte de ce poste, ou lui est réservé.',
    full: 'Le disque du dossier {folder} est plein.',
    gone: 'Le dossier {folder} ne peut pas être créé.',
  },
  crash: 'Une partie du programme s’est arrêtée : {name}.',
  safe: 'Rien n’a été écrit. Les actes déjà enregistrés sont intacts.',
  next: {
    settings: 'L’administrateur du poste corrige ce réglage, puis le démarrage est repris ici.',
    folder: 'L’administrateur du poste rend ce dossier utilisable, puis le démarrage est repris ici.',
    crash: 'Réessayez. Si cela revient, donnez le journal du programme à l’assistance (guichet support).',
  },
  again: 'Réessayer',
  leave: 'Quitter',
}

const english: StartWords = {
  title: 'Guichet cannot start',
  setting: '{file}: “{name}” is {found}. It has to be {right}.',
  found: {
    text: 'a text that does not fit',
    emptyText: 'an empty text',
    number: 'a number',
    switch: 'true or false',
    list: 'a list',
    object: 'an object',
    nothing: 'absent or unreadable',
    noJson: 'badly written',
    writable: 'writable by others than root',
  },
  right: {
    switch: 'true or false',
    folder: 'the absolute path of a folder',
    file: 'the absolute path of a file',
    platform: 'an address of https, or of this machine',
    proxy: 'an address like http://proxy.example:3128',
    recoveryKey: 'a public key age1…, made by guichet recovery key',
    fingerprint: 'the fingerprint on the sheet: eight groups of four characters',
    language: 'fr, ar, zgh or en',
    ticketPrinter: 'an address like printer.example:9100 (roll of 58 mm: printer.example:9100/58)',
    spoken: 'ar,fr or fr,ar or ar or fr or none',
    percent: 'a whole number from 0 to 100',
    none: 'taken out: there is no such setting',
    object: 'one JSON object, in braces',
    root: 'owned by root, file and folder, and writable by root alone',
  },
  line: '{file}, line {line}',
  folder: {
    readOnly: 'The folder {folder} cannot be written: its disk is read-only.',
    otherAccount: 'The folder {folder} belongs to another account of this machine, or is kept for it.',
    full: 'The disk of the folder {folder} is full.',
    gone: 'The folder {folder} cannot be made.',
  },
  crash: 'A part of the program stopped: {name}.',
  safe: 'Nothing was written. Acts recorded before are intact.',
  next: {
    settings: 'The administrator of this machine puts the setting right, then the start is tried again here.',
    folder: 'The administrator of this machine makes the folder usable, then the start is tried again here.',
    crash: 'Try again. If it comes back, give the log of the program to support (guichet support).',
  },
  again: 'Try again',
  leave: 'Quit',
}

const arabic: StartWords = {
  title: 'تعذر تشغيل Guichet',
  setting: '{file}: الإعداد «{name}» {found}. المطلوب: {right}.',
  found: {
    text: 'نص غير مناسب',
    emptyText: 'نص فارغ',
    number: 'عدد',
    switch: 'قيمة صواب أو خطأ',
    list: 'قائمة',
    object: 'كائن',
    nothing: 'غائب أو غير مقروء',
    noJson: 'مكتوب بشكل خاطئ',
    writable: 'قابل للتعديل من غير root',
  },
  right: {
    switch: 'true أو false',
    folder: 'المسار الكامل لمجلد',
    file: 'المسار الكامل لملف',
    platform: 'عنوان https، أو عنوان هذا الجهاز',
    proxy: 'عنوان مثل http://proxy.example:3128',
    recoveryKey: 'مفتاح عمومي age1… ينشئه الأمر guichet recovery key',
    fingerprint: 'البصمة المكتوبة على الورقة: ثماني مجموعات من أربعة أحرف',
    language: 'fr أو ar أو zgh أو en',
    ticketPrinter: 'عنوان مثل printer.example:9100 (للورق بعرض 58 ملم: printer.example:9100/58)',
    spoken: 'ar,fr أو fr,ar أو ar أو fr أو none',
    percent: 'عدد صحيح من 0 إلى 100',
    none: 'حذف هذا الإعداد لأنه غير موجود',
    object: 'كائن JSON واحد بين حاضنتين',
    root: 'أن يكون الملف ومجلده في ملك root ولا يعدلهما غيره',
  },
  line: '{file}، السطر {line}',
  folder: {
    readOnly: 'لا يمكن الكتابة في المجلد {folder}: القرص للقراءة فقط.',
    otherAccount: 'المجلد {folder} في ملك حساب آخر على هذا الجهاز أو مخصص له.',
    full: 'قرص المجلد {folder} ممتلئ.',
    gone: 'لا يمكن إنشاء المجلد {folder}.',
  },
  crash: 'توقف جزء من البرنامج: {name}.',
  safe: 'لم يُكتب أي شيء. الأعمال المسجلة من قبل سليمة.',
  next: {
    settings: 'يصحح مسؤول الجهاز هذا الإعداد، ثم يُستأنف التشغيل من هنا.',
    folder: 'يجعل مسؤول الجهاز هذا المجلد صالحا للاستعمال، ثم يُستأنف التشغيل من هنا.',
    crash: 'أعيدوا المحاولة. إذا تكرر ذلك، سلموا سجل البرنامج إلى الدعم (guichet support).',
  },
  again: 'إعادة المحاولة',
  leave: 'خروج',
}

/** Amazigh has the words of the glossary, which are none of these: French stands in, as elsewhere, but on the buttons. */
const amazigh: StartWords = { ...french, again: 'ⴰⵍⵙ', leave: 'ⴼⴼⵖ' }

/** The words of every language. */
export const startWords: Readonly<Record<Language, StartWords>> = {
  fr: french,
  ar: arabic,
  en: english,
  zgh: amazigh,
}
