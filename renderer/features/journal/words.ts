import { words } from '../../i18n/words.ts'

export const journalWords = words({
  fr: {
    title: 'Journal', verify: 'Vérifier tout le journal', verifying: 'Vérification', of: '{done} sur {total} lignes', export: 'Exporter', exportJsonl: 'JSON Lines, entier', exportPdf: 'Rapport PDF', exported: '{name} enregistré',
    filter: 'Choix', day: 'Jour', actor: 'Qui', kind: 'Quoi', all: 'tous', clear: 'Tout montrer', list: 'Lignes, la plus récente d’abord', more: 'Lignes plus anciennes', empty: 'Aucune ligne', emptyText: 'Rien ne correspond à ce choix.',
    columns: { seq: 'Ligne', at: 'Quand', actor: 'Qui', kind: 'Quoi', subject: 'Objet' },
    proofs: 'Ce qui le tient', head: 'Tête', anchors: 'Signatures du guichet', anchorsText: '{n} en tout, la dernière à la ligne {seq}', heads: 'Têtes contresignées par la plateforme', noHeads: 'La plateforme n’a pas encore contresigné.', headAt: 'ligne {seq}, {when}', closings: 'Clôtures', noClosings: 'Aucune journée n’est clôturée.', closingAt: 'ligne {seq}, {n} récépissés', reopened: 'rouverte',
    verdict: {
      sound: 'Le journal se vérifie en entier.', soundText: '{links} lignes, {anchors} signatures, {heads} têtes contresignées, {closings} clôtures.', logged: '{n} actes comparés au relevé de la plateforme.',
      broken: 'Ligne {seq} : {what}.', next: 'Ne corrigez rien. Exportez le journal et prévenez l’auditeur.',
      what: { changed: 'son contenu a été changé', missing: 'elle manque', place: 'elle n’est pas à sa place', previous: 'elle ne suit pas la précédente', anchor: 'la signature du guichet est fausse', headAhead: 'la fin du journal a été ôtée', headDiffers: 'le journal a été réécrit', headSignature: 'la signature de la plateforme est fausse', closing: 'la clôture a été changée', log: 'le relevé de la plateforme diffère' },
      show: 'Montrer la ligne',
    },
    detail: 'Ligne {seq}', hash: 'Empreinte', prev: 'Ligne précédente', body: 'Contenu',
    keys: { verify: 'Vérifier le journal' },
  },
  ar: {
    title: 'اليومية', verify: 'التحقق من اليومية كاملة', verifying: 'جار التحقق', of: '{done} من أصل {total} سطر', export: 'تصدير', exportJsonl: 'JSON Lines كاملة', exportPdf: 'تقرير PDF', exported: 'حُفظ {name}',
    filter: 'الاختيار', day: 'اليوم', actor: 'من', kind: 'ماذا', all: 'الكل', clear: 'عرض الكل', list: 'السطور، الأحدث أولا', more: 'سطور أقدم', empty: 'لا سطر', emptyText: 'لا شيء يطابق هذا الاختيار.',
    columns: { seq: 'السطر', at: 'متى', actor: 'من', kind: 'ماذا', subject: 'الموضوع' },
    proofs: 'ما يثبتها', head: 'الرأس', anchors: 'توقيعات الشباك', anchorsText: '{n} في المجموع، آخرها في السطر {seq}', heads: 'رؤوس صادقت عليها المنصة', noHeads: 'لم تصادق المنصة بعد.', headAt: 'السطر {seq}، {when}', closings: 'الإقفالات', noClosings: 'لا يوم مقفل.', closingAt: 'السطر {seq}، {n} وصل', reopened: 'أعيد فتحه',
    verdict: {
      sound: 'تم التحقق من اليومية كاملة.', soundText: '{links} سطر، {anchors} توقيع، {heads} رأس مصادق عليه، {closings} إقفال.', logged: 'قورنت {n} عملية بسجل المنصة.',
      broken: 'السطر {seq}: {what}.', next: 'لا تصححوا شيئا. صدّروا اليومية وأخبروا المدقق.',
      what: { changed: 'غُيّر محتواه', missing: 'غائب', place: 'ليس في موضعه', previous: 'لا يتبع ما قبله', anchor: 'توقيع الشباك غير صحيح', headAhead: 'حُذفت نهاية اليومية', headDiffers: 'أُعيدت كتابة اليومية', headSignature: 'توقيع المنصة غير صحيح', closing: 'غُيّر الإقفال', log: 'سجل المنصة مختلف' },
      show: 'عرض السطر',
    },
    detail: 'السطر {seq}', hash: 'البصمة', prev: 'السطر السابق', body: 'المحتوى',
    keys: { verify: 'التحقق من اليومية' },
  },
  en: {
    title: 'Journal', verify: 'Verify the whole journal', verifying: 'Verifying', of: '{done} of {total} lines', export: 'Export', exportJsonl: 'JSON Lines, whole', exportPdf: 'PDF report', exported: '{name} saved',
    filter: 'Choice', day: 'Day', actor: 'Who', kind: 'What', all: 'all', clear: 'Show all', list: 'Lines, newest first', more: 'Older lines', empty: 'No line', emptyText: 'Nothing matches this choice.',
    columns: { seq: 'Line', at: 'When', actor: 'Who', kind: 'What', subject: 'About' },
    proofs: 'What holds it', head: 'Head', anchors: 'Signatures of the counter', anchorsText: '{n} in all, the last at line {seq}', heads: 'Heads countersigned by the platform', noHeads: 'The platform has not countersigned yet.', headAt: 'line {seq}, {when}', closings: 'Closings', noClosings: 'No day is closed.', closingAt: 'line {seq}, {n} receipts', reopened: 'reopened',
    verdict: {
      sound: 'The whole journal verifies.', soundText: '{links} lines, {anchors} signatures, {heads} countersigned heads, {closings} closings.', logged: '{n} acts compared with the platform’s log.',
      broken: 'Line {seq}: {what}.', next: 'Correct nothing. Export the journal and tell the auditor.',
      what: { changed: 'its content was changed', missing: 'it is missing', place: 'it is out of its place', previous: 'it does not follow the one before', anchor: 'the counter’s signature is wrong', headAhead: 'the end of the journal was cut off', headDiffers: 'the journal was rewritten', headSignature: 'the platform’s signature is wrong', closing: 'the closing was changed', log: 'the platform’s log differs' },
      show: 'Show the line',
    },
    detail: 'Line {seq}', hash: 'Fingerprint', prev: 'Line before', body: 'Content',
    keys: { verify: 'Verify the journal' },
  },
})
