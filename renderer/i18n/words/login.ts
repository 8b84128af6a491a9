import { words } from '../words.ts'

export const loginWords = words({
  fr: {
    rescue: { title: 'Repartir de la dernière copie', text: 'Le registre endommagé est mis de côté, entier, dans un dossier daté. La dernière copie saine prend sa place ; ce qui manque revient de la plateforme, ou une nouvelle série s’ouvre.', login: 'Identifiant d’un responsable', password: 'Mot de passe', submit: 'Mettre de côté et restaurer', done: 'Registre restauré d’une copie du {when}' },
    title: 'Connexion', name: 'Identifiant', password: 'Mot de passe', submit: 'Se connecter', show: 'Montrer le mot de passe', hide: 'Cacher le mot de passe', demo: 'Comptes de démonstration',
    offline: 'La connexion fonctionne aussi sans réseau.',
    locked: 'Session verrouillée',
    lockedBy: { idle: '{name}, le poste est resté sans activité. Le brouillon est gardé.', card: '{name}, votre carte a quitté le lecteur. Remettez-la et tapez le mot de passe : le brouillon est gardé.' },
    card: {
      reading: 'Lecture de la carte…', closed: 'Puce fermée : elle s’ouvre avec le code gardé lors de l’association.', unknown: 'Cette carte n’est associée à aucun compte de ce poste.', failed: 'La carte ne se lit pas : retirez-la et remettez-la.',
      chip: 'Carte reconnue, clé de la puce prouvée', data: 'Carte reconnue à son contenu', pin: 'Carte reconnue ; son code PIN prouve la clé',
      code: 'Code PIN de votre carte', hint: '4 à 12 chiffres ; jamais gardé', tries: 'Essais restants sur la carte : {count}', bad: 'Le code compte de 4 à 12 chiffres.', pinpad: 'Le code PIN se tape sur les touches du lecteur.',
      simulate: 'Insérer la carte d’agent SPECIMEN', simulateOut: 'Retirer la carte d’agent SPECIMEN',
    },
    unlock: {
      title: 'Registre verrouillé', text: 'Ce poste n’a pas de coffre de clés. La phrase secrète choisie par l’administrateur ouvre le registre.', passphrase: 'Phrase secrète', submit: 'Ouvrir le registre',
    },
    create: {
      title: 'Phrase secrète du registre', text: 'Ce poste n’a pas de coffre de clés. La phrase protège le registre et sera demandée à chaque démarrage.', passphrase: 'Nouvelle phrase secrète', again: 'La même phrase, une seconde fois',
      hint: 'Au moins 8 caractères ; une phrase entière vaut mieux.', keep: 'Notez-la et gardez-la hors du poste : sans elle, personne ne peut lire le registre.', submit: 'Créer le registre',
      short: 'Il faut au moins 8 caractères.', differs: 'Les deux saisies diffèrent.',
    },
    starting: 'Ouverture du registre…', failed: 'Guichet ne peut pas ouvrir le registre',
  },
  ar: {
    rescue: { title: 'الاستئناف من آخر نسخة', text: 'يوضع السجل المتضرر جانبا كاملا في مجلد مؤرخ، وتحل محله آخر نسخة سليمة؛ ويُسترجع الناقص من المنصة أو تُفتح سلسلة جديدة.', login: 'معرّف مسؤول', password: 'كلمة المرور', submit: 'وضع جانبا واسترجاع', done: 'استُرجع السجل من نسخة {when}' },
    title: 'تسجيل الدخول', name: 'اسم المستعمل', password: 'كلمة المرور', submit: 'دخول', show: 'إظهار كلمة المرور', hide: 'إخفاء كلمة المرور', demo: 'حسابات العرض',
    offline: 'يمكن الدخول أيضا بدون شبكة.',
    locked: 'الجلسة مقفلة',
    lockedBy: { idle: '{name}، بقي الجهاز دون نشاط. المسودة محفوظة.', card: '{name}، غادرت بطاقتكم القارئ. المرجو إعادتها وكتابة كلمة المرور: المسودة محفوظة.' },
    card: {
      reading: 'جار قراءة البطاقة…', closed: 'الرقاقة مغلقة: تُفتح بالرمز المحفوظ عند الربط.', unknown: 'هذه البطاقة غير مرتبطة بأي حساب في هذا الجهاز.', failed: 'تعذرت قراءة البطاقة: المرجو سحبها وإعادة إدخالها.',
      chip: 'عُرفت البطاقة وأُثبت مفتاح رقاقتها', data: 'عُرفت البطاقة من محتواها', pin: 'عُرفت البطاقة؛ ويُثبت الرمز السري مفتاحها',
      code: 'الرمز السري لبطاقتكم', hint: 'من 4 إلى 12 رقما؛ لا يُحفظ', tries: 'المحاولات المتبقية في البطاقة: {count}', bad: 'يتكون الرمز من 4 إلى 12 رقما.', pinpad: 'يُدخل الرمز السري بأزرار القارئ.',
      simulate: 'إدخال بطاقة عون SPECIMEN', simulateOut: 'سحب بطاقة العون SPECIMEN',
    },
    unlock: { title: 'السجل مقفل', text: 'لا تتوفر في هذا الجهاز خزانة للمفاتيح. تفتح العبارة السرية التي اختارها مدير النظام السجل.', passphrase: 'العبارة السرية', submit: 'فتح السجل' },
    create: {
      title: 'العبارة السرية للسجل', text: 'لا تتوفر في هذا الجهاز خزانة للمفاتيح. تحمي العبارة السجل وتُطلب عند كل تشغيل.', passphrase: 'عبارة سرية جديدة', again: 'نفس العبارة مرة ثانية',
      hint: '8 أحرف على الأقل؛ والجملة الكاملة أفضل.', keep: 'دوّنوها واحفظوها خارج الجهاز: بدونها لا يمكن لأحد قراءة السجل.', submit: 'إنشاء السجل',
      short: 'يلزم 8 أحرف على الأقل.', differs: 'الإدخالان مختلفان.',
    },
    starting: 'جار فتح السجل…', failed: 'تعذر فتح السجل',
  },
  en: {
    rescue: { title: 'Go on from the last copy', text: 'The damaged register is set aside, whole, in a dated folder. The newest sound copy takes its place; what is missing comes back from the platform, or a new series opens.', login: 'Login of a supervisor', password: 'Password', submit: 'Set aside and restore', done: 'Register restored from a copy of {when}' },
    title: 'Sign in', name: 'Login', password: 'Password', submit: 'Sign in', show: 'Show the password', hide: 'Hide the password', demo: 'Demonstration accounts',
    offline: 'Signing in works without the network too.',
    locked: 'Session locked',
    lockedBy: { idle: '{name}, nobody touched this counter for a while. The draft is kept.', card: '{name}, your card has left the reader. Put it back and type the password: the draft is kept.' },
    card: {
      reading: 'Reading the card…', closed: 'Closed chip: it opens with the code kept when it was bound.', unknown: 'This card is bound to no account at this counter.', failed: 'The card cannot be read: take it out and put it back.',
      chip: 'Card recognised, key of the chip proved', data: 'Card recognised by its content', pin: 'Card recognised; its PIN proves the key',
      code: 'PIN of your card', hint: '4 to 12 digits; never kept', tries: 'Tries left on the card: {count}', bad: 'The PIN has 4 to 12 digits.', pinpad: 'The PIN is typed on the keys of the reader.',
      simulate: 'Insert the SPECIMEN agent card', simulateOut: 'Remove the SPECIMEN agent card',
    },
    unlock: { title: 'Register locked', text: 'This workstation has no keystore. The passphrase chosen by the administrator opens the register.', passphrase: 'Passphrase', submit: 'Open the register' },
    create: {
      title: 'Passphrase of the register', text: 'This workstation has no keystore. The passphrase protects the register and is asked at every start.', passphrase: 'New passphrase', again: 'The same passphrase again',
      hint: 'At least 8 characters; a whole sentence is better.', keep: 'Write it down and keep it away from this workstation: without it nobody can read the register.', submit: 'Create the register',
      short: 'At least 8 characters are needed.', differs: 'The two entries differ.',
    },
    starting: 'Opening the register…', failed: 'Guichet cannot open the register',
  },
})
