import { words } from '../words.ts'

export const homeWords = words({
  fr: {
    title: 'Ma journée', next: 'Servir un usager',
    figures: { served: 'Usagers servis', incomplete: 'Dossiers incomplets', due: 'Échéances à 7 jours', pending: 'Actes en attente d’envoi' },
    figuresTo: { served: 'Voir les dépôts', incomplete: 'Voir les dossiers incomplets', due: 'Voir les échéances', pending: 'Voir la synchronisation' },
    draft: { title: 'Demande commencée', text: 'Brouillon de l’usager précédent', resume: 'Reprendre' },
    deposits: { title: 'Derniers dépôts', all: 'Tous', incomplete: 'Incomplets', time: 'Heure', number: 'Numéro', citizen: 'Usager', procedure: 'Démarche', state: 'Dossier', paper: 'Récépissé' },
    complete: 'complet', missing: 'incomplet', cancelled: 'annulé', wiped: 'nom effacé à son terme',
    empty: { title: 'Aucun dépôt aujourd’hui', text: 'Insérez une carte ou saisissez l’identité à la main.', noIncomplete: 'Aucun dossier incomplet aujourd’hui' },
    deadlines: { title: 'Échéances', empty: 'Aucune échéance proche', today: 'aujourd’hui', tomorrow: 'demain', late: 'dépassée', days: '{n} jour | {n} jours' },
    sync: {
      title: 'Plateforme centrale', allSent: 'Tout est envoyé', lastSync: 'Dernier échange {when}', waiting: '{n} acte attend | {n} actes attendent', oldest: 'le plus ancien {when}',
      offline: 'Le travail continue sans réseau : tout partira dans l’ordre.', next: 'Prochain essai {when}', refused: '{n} acte refusé, à corriger | {n} actes refusés, à corriger', open: 'Ouvrir',
    },
    paper: { queued: 'en file', sent: 'envoyé', printing: 'impression', blocked: 'bloqué', printed: 'imprimé', failed: 'échec', unknown: 'à vérifier' },
    sheet: { title: 'Récépissé {number}', depositedAt: 'Déposé', lastDay: 'Dernier jour', reprint: 'Imprimer de nouveau', request: 'Demande' },
  },
  ar: {
    title: 'يومي', next: 'خدمة مرتفق',
    figures: { served: 'المرتفقون المستقبَلون', incomplete: 'ملفات ناقصة', due: 'آجال خلال 7 أيام', pending: 'عمليات تنتظر الإرسال' },
    figuresTo: { served: 'عرض الإيداعات', incomplete: 'عرض الملفات الناقصة', due: 'عرض الآجال', pending: 'عرض المزامنة' },
    draft: { title: 'طلب لم يكتمل', text: 'مسودة المرتفق السابق', resume: 'متابعة' },
    deposits: { title: 'آخر الإيداعات', all: 'الكل', incomplete: 'الناقصة', time: 'الساعة', number: 'الرقم', citizen: 'المرتفق', procedure: 'المسطرة', state: 'الملف', paper: 'الوصل' },
    complete: 'كامل', missing: 'ناقص', cancelled: 'ملغى', wiped: 'مُحي الاسم عند أجله',
    empty: { title: 'لا إيداع اليوم', text: 'أدخلوا بطاقة أو اكتبوا الهوية يدويا.', noIncomplete: 'لا ملف ناقصا اليوم' },
    deadlines: { title: 'الآجال', empty: 'لا أجل قريب', today: 'اليوم', tomorrow: 'غدا', late: 'انصرم', days: 'اليوم | يوم واحد | يومان | {n} أيام | {n} يوما | {n} يوم' },
    sync: {
      title: 'المنصة المركزية', allSent: 'أُرسل كل شيء', lastSync: 'آخر تبادل {when}',
      waiting: 'لا عملية تنتظر | عملية واحدة تنتظر | عمليتان تنتظران | {n} عمليات تنتظر | {n} عملية تنتظر | {n} عملية تنتظر', oldest: 'أقدمها {when}',
      offline: 'يستمر العمل بدون شبكة: سيُرسل كل شيء بالترتيب.', next: 'المحاولة المقبلة {when}',
      refused: 'لا عملية مرفوضة | عملية مرفوضة واحدة للتصحيح | عمليتان مرفوضتان للتصحيح | {n} عمليات مرفوضة للتصحيح | {n} عملية مرفوضة للتصحيح | {n} عملية مرفوضة للتصحيح', open: 'فتح',
    },
    paper: { queued: 'في الصف', sent: 'أُرسل', printing: 'قيد الطباعة', blocked: 'متوقف', printed: 'طُبع', failed: 'فشل', unknown: 'للتحقق' },
    sheet: { title: 'الوصل {number}', depositedAt: 'أُودع', lastDay: 'آخر أجل', reprint: 'إعادة الطباعة', request: 'الطلب' },
  },
  en: {
    title: 'My day', next: 'Serve a citizen',
    figures: { served: 'Citizens served', incomplete: 'Incomplete files', due: 'Due within 7 days', pending: 'Acts waiting to be sent' },
    figuresTo: { served: 'Show the deposits', incomplete: 'Show the incomplete files', due: 'Show the deadlines', pending: 'Show the synchronisation' },
    draft: { title: 'Request begun', text: 'Draft of the previous citizen', resume: 'Resume' },
    deposits: { title: 'Last deposits', all: 'All', incomplete: 'Incomplete', time: 'Time', number: 'Number', citizen: 'Citizen', procedure: 'Procedure', state: 'File', paper: 'Receipt' },
    complete: 'complete', missing: 'incomplete', cancelled: 'cancelled', wiped: 'name wiped at its term',
    empty: { title: 'No deposit today', text: 'Insert a card, or type the identity by hand.', noIncomplete: 'No incomplete file today' },
    deadlines: { title: 'Deadlines', empty: 'No deadline is near', today: 'today', tomorrow: 'tomorrow', late: 'passed', days: '{n} day | {n} days' },
    sync: {
      title: 'Central platform', allSent: 'All is sent', lastSync: 'Last exchange {when}', waiting: '{n} act waits | {n} acts wait', oldest: 'the oldest {when}',
      offline: 'Work goes on without the network: everything will leave in order.', next: 'Next attempt {when}', refused: '{n} act refused, to correct | {n} acts refused, to correct', open: 'Open',
    },
    paper: { queued: 'queued', sent: 'sent', printing: 'printing', blocked: 'blocked', printed: 'printed', failed: 'failed', unknown: 'to check' },
    sheet: { title: 'Receipt {number}', depositedAt: 'Deposited', lastDay: 'Last day', reprint: 'Print again', request: 'Request' },
  },
})
