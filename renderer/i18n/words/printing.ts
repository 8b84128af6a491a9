import { words } from '../words.ts'

/** What printers and papers say: the states of a print job and the reasons of IPP (RFC 8011 §5.4.12), in words. */
export const printingWords = words({
  fr: {
    states: {
      queued: 'En attente d’impression', sent: 'Envoyé à {printer}', printing: 'En cours d’impression', blocked: 'Impression bloquée : {reason}', printed: 'Imprimé à {time}',
      failed: 'Non imprimé : {reason}', unknown: 'Impression incertaine',
    },
    next: {
      queued: 'L’acte est enregistré.', sent: 'L’acte est enregistré.', printing: 'L’acte est enregistré.', blocked: 'L’acte est enregistré ; l’impression reprend seule ensuite.',
      printed: 'Remettez le récépissé à l’usager.', failed: 'L’acte est enregistré ; imprimez un duplicata (F8).', unknown: 'L’acte est enregistré. Regardez le bac de sortie.',
    },
    short: { queued: 'en attente', sent: 'envoyé', printing: 'en cours', blocked: 'bloqué', printed: 'imprimé', failed: 'non imprimé', unknown: 'à vérifier' },
    printers: { idle: 'prête', processing: 'imprime', stopped: 'arrêtée', unreachable: 'injoignable' },
    reasons: {
      mediaEmpty: 'plus de papier', mediaNeeded: 'papier à charger', mediaJam: 'bourrage papier', mediaLow: 'bientôt plus de papier', paused: 'imprimante en pause', offline: 'imprimante éteinte ou débranchée',
      doorOpen: 'porte ouverte', coverOpen: 'capot ouvert', interlockOpen: 'porte ouverte', inputTrayMissing: 'bac d’alimentation absent', outputTrayMissing: 'bac de sortie absent', outputAreaFull: 'bac de sortie plein',
      tonerEmpty: 'plus de toner', tonerLow: 'bientôt plus de toner', markerSupplyEmpty: 'plus d’encre', markerSupplyLow: 'bientôt plus d’encre', markerWasteFull: 'bac de récupération plein',
      shutdown: 'imprimante éteinte', stopped: 'imprimante arrêtée', timedOut: 'imprimante sans réponse', connectingToDevice: 'connexion à l’imprimante', jobCanceledAtDevice: 'annulé sur l’imprimante',
      jobCanceledByUser: 'annulé', jobCanceledByOperator: 'annulé par un opérateur', abortedBySystem: 'interrompu par le système', unsupportedAttributesOrValues: 'format A5 refusé',
    },
    otherReason: '{reason}', unknownReason: 'raison inconnue',
  },
  ar: {
    states: {
      queued: 'في انتظار الطباعة', sent: 'أُرسل إلى {printer}', printing: 'الطباعة جارية', blocked: 'الطباعة متوقفة: {reason}', printed: 'طُبع في {time}',
      failed: 'لم يُطبع: {reason}', unknown: 'نتيجة الطباعة غير مؤكدة',
    },
    next: {
      queued: 'العملية مسجلة.', sent: 'العملية مسجلة.', printing: 'العملية مسجلة.', blocked: 'العملية مسجلة، وتُستأنف الطباعة تلقائيا بعد ذلك.',
      printed: 'المرجو تسليم الوصل إلى المرتفق.', failed: 'العملية مسجلة، ويمكن طبع نظير (F8).', unknown: 'العملية مسجلة. المرجو النظر إلى مخرج الورق.',
    },
    short: { queued: 'في الانتظار', sent: 'أُرسل', printing: 'جار', blocked: 'متوقف', printed: 'طُبع', failed: 'لم يُطبع', unknown: 'للتحقق' },
    printers: { idle: 'جاهزة', processing: 'تطبع', stopped: 'متوقفة', unreachable: 'لا تجيب' },
    reasons: {
      mediaEmpty: 'نفد الورق', mediaNeeded: 'يلزم وضع الورق', mediaJam: 'انحشار الورق', mediaLow: 'الورق على وشك النفاد', paused: 'الطابعة موقوفة مؤقتا', offline: 'الطابعة مطفأة أو غير موصولة',
      doorOpen: 'الباب مفتوح', coverOpen: 'الغطاء مفتوح', interlockOpen: 'الباب مفتوح', inputTrayMissing: 'درج الورق غير موجود', outputTrayMissing: 'درج الخروج غير موجود', outputAreaFull: 'مخرج الورق ممتلئ',
      tonerEmpty: 'نفد الحبر الجاف', tonerLow: 'الحبر الجاف على وشك النفاد', markerSupplyEmpty: 'نفد الحبر', markerSupplyLow: 'الحبر على وشك النفاد', markerWasteFull: 'وعاء المخلفات ممتلئ',
      shutdown: 'الطابعة مطفأة', stopped: 'الطابعة متوقفة', timedOut: 'الطابعة لا تجيب', connectingToDevice: 'الاتصال بالطابعة جار', jobCanceledAtDevice: 'أُلغي من الطابعة',
      jobCanceledByUser: 'أُلغي', jobCanceledByOperator: 'ألغاه مشغل', abortedBySystem: 'أوقفه النظام', unsupportedAttributesOrValues: 'رُفض حجم A5',
    },
    otherReason: '{reason}', unknownReason: 'سبب غير معروف',
  },
  en: {
    states: {
      queued: 'Waiting to print', sent: 'Sent to {printer}', printing: 'Printing', blocked: 'Printing blocked: {reason}', printed: 'Printed at {time}', failed: 'Not printed: {reason}', unknown: 'Outcome unknown',
    },
    next: {
      queued: 'The act is recorded.', sent: 'The act is recorded.', printing: 'The act is recorded.', blocked: 'The act is recorded; printing then resumes by itself.',
      printed: 'Hand the receipt to the citizen.', failed: 'The act is recorded; print a duplicate (F8).', unknown: 'The act is recorded. Look at the output tray.',
    },
    short: { queued: 'waiting', sent: 'sent', printing: 'printing', blocked: 'blocked', printed: 'printed', failed: 'not printed', unknown: 'to check' },
    printers: { idle: 'ready', processing: 'printing', stopped: 'stopped', unreachable: 'does not answer' },
    reasons: {
      mediaEmpty: 'out of paper', mediaNeeded: 'paper to be loaded', mediaJam: 'paper jam', mediaLow: 'paper is low', paused: 'printer paused', offline: 'printer off or unplugged',
      doorOpen: 'door open', coverOpen: 'cover open', interlockOpen: 'door open', inputTrayMissing: 'input tray missing', outputTrayMissing: 'output tray missing', outputAreaFull: 'output tray full',
      tonerEmpty: 'out of toner', tonerLow: 'toner is low', markerSupplyEmpty: 'out of ink', markerSupplyLow: 'ink is low', markerWasteFull: 'waste container full',
      shutdown: 'printer off', stopped: 'printer stopped', timedOut: 'printer does not answer', connectingToDevice: 'connecting to the printer', jobCanceledAtDevice: 'cancelled at the printer',
      jobCanceledByUser: 'cancelled', jobCanceledByOperator: 'cancelled by an operator', abortedBySystem: 'stopped by the system', unsupportedAttributesOrValues: 'A5 refused',
    },
    otherReason: '{reason}', unknownReason: 'reason unknown',
  },
})

type Reason = keyof typeof printingWords.fr.reasons

/** `media-empty` as a key of the words above; undefined for a reason that has none. */
export function reasonKey(reason: string): `printing.reasons.${Reason}` | undefined {
  const camel = reason.replace(/-(error|warning|report)$/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  // hasOwn has just proved the key.
  return Object.hasOwn(printingWords.fr.reasons, camel) ? `printing.reasons.${camel as Reason}` : undefined
}
