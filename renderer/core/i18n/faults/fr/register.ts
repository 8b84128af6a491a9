import type { FaultSentences } from '../sentence.ts'

/** What is kept and where it goes: register, journal, closing, platform, corrections. */
export const register = {
  'register.locked': {
    what: 'Le registre local est verrouillé.',
    safe: 'Son contenu est chiffré et intact.',
    next: 'Saisissez la phrase secrète du poste.',
  },
  'register.badPassphrase': {
    what: 'La phrase secrète ne correspond pas à ce registre.',
    safe: 'Le registre reste chiffré et intact.',
    next: 'Retapez-la ; elle distingue majuscules et minuscules.',
  },
  'register.noKeystore': {
    what: 'Ce poste n’offre aucun coffre pour la clé du registre.',
    safe: 'Rien n’est écrit sans chiffrement.',
    next: 'Ouvrez le trousseau du système, ou définissez une phrase secrète.',
  },
  'register.corrupt': {
    what: 'Le registre local est endommagé.',
    safe: 'Le fichier est gardé tel quel, jamais effacé ; les actes envoyés sont sur la plateforme.',
    next: 'Arrêtez les dépôts sur ce poste et appelez l’assistance.',
  },
  'register.newer': {
    what: 'Le registre vient d’une version plus récente de Guichet.',
    safe: 'Il n’a pas été modifié.',
    next: 'Installez la version récente sur ce poste.',
  },
  'register.diskFull': {
    what: 'Le disque de ce poste est plein.',
    safe: 'Les actes enregistrés sont intacts ; celui-ci ne l’est pas encore.',
    next: 'Libérez de la place, puis recommencez : la saisie est à l’écran.',
  },
  'register.readOnly': {
    what: 'Le dossier du registre est en lecture seule.',
    safe: 'Les actes enregistrés sont intacts ; celui-ci ne l’est pas encore.',
    next: 'Demandez à l’assistance de rétablir l’écriture sur ce dossier.',
  },
  'register.diskFailing': {
    what: 'Le disque de ce poste refuse de lire ou d’écrire.',
    safe: 'Les actes enregistrés sont intacts ; celui-ci ne l’est pas encore.',
    next: 'Arrêtez le guichet et appelez l’assistance : le disque tombe peut-être en panne.',
  },
  'register.inUse': {
    what: 'Un autre Guichet utilise déjà ce registre.',
    safe: 'Un seul programme y écrit : rien ne peut être doublé.',
    next: 'Fermez l’autre fenêtre, puis rouvrez celle-ci.',
  },
  'register.quarantined': {
    what: 'Ce registre est une copie ancienne, ou il a perdu des actes[ ({lost})] : il est en quarantaine.',
    safe: 'Tout se lit et s’exporte ; aucun numéro ne peut être donné deux fois.',
    next: 'Un responsable ferme la série et en ouvre une nouvelle depuis le bandeau, ou l’assistance remet le registre récent.',
  },
  'clock.behind': {
    what: 'L’horloge du poste a reculé[ de {minutes} min].',
    safe: 'Rien n’a été enregistré ; les actes déjà faits gardent leur ordre.',
    next: 'Faites régler l’horloge, ou un responsable fait l’acte : il portera la mention.',
  },
  'journal.broken': {
    what: 'La chaîne du journal ne se vérifie plus[ à la ligne {seq}].',
    safe: 'Aucune ligne n’est effacée, l’endroit de la rupture est connu.',
    next: 'Prévenez le responsable et l’assistance avant tout nouveau dépôt.',
  },
  'journal.contradicted': {
    what: 'La plateforme connaît une ligne du journal qui n’est pas ici[ : la ligne {seq}].',
    safe: 'Rien n’est effacé ; le registre se lit, aucun acte n’y est ajouté.',
    next: 'Prévenez l’assistance ; un responsable peut ouvrir une nouvelle série.',
  },
  'day.closed': {
    what: 'La journée[ du {day}] est clôturée.',
    safe: 'La saisie reste à l’écran et le brouillon est gardé.',
    next: 'Un responsable peut la rouvrir ; sinon l’acte attend le jour suivant.',
  },
  'day.notClosed': {
    what: 'Cette journée n’est pas clôturée.',
    safe: 'Rien n’a été changé.',
    next: 'Choisissez une journée clôturée.',
  },
  'day.earlierOpen': {
    what: 'Une journée plus ancienne[, le {day},] n’est pas encore clôturée.',
    safe: 'Rien n’a été changé.',
    next: 'Clôturez-la d’abord : les totaux se suivent.',
  },
  'day.unknown': {
    what: 'Cette journée n’est pas commencée.',
    safe: 'Rien n’a été changé.',
    next: 'Choisissez aujourd’hui ou une journée passée.',
  },
  'register.noBackup': {
    what: 'Aucune copie saine du registre n’est sur ce poste.',
    safe: 'Le registre endommagé est gardé tel quel.',
    next: 'Appelez l’assistance : elle le met de côté avec guichet db set-aside.',
  },
  'platform.notConfigured': {
    what: 'Aucune plateforme centrale n’est définie pour ce poste.',
    safe: 'Les actes sont enregistrés ici et attendent.',
    next: 'Demandez à l’administrateur d’inscrire ce guichet.',
  },
  'platform.unreachable': {
    what: 'La plateforme centrale est injoignable.',
    safe: 'Les actes sont enregistrés ici et partiront dans l’ordre.',
    next: 'Continuez à servir ; l’envoi reprend seul.',
  },
  'platform.timeout': {
    what: 'La plateforme centrale n’a pas répondu à temps.',
    safe: 'Les actes attendent ici ; aucun ne peut être compté deux fois.',
    next: 'Continuez à servir ; l’envoi est retenté seul.',
  },
  'platform.failed': {
    what: 'La plateforme centrale est en panne[ (réponse {status})].',
    safe: 'Les actes attendent ici ; aucun n’est perdu.',
    next: 'Continuez à servir ; si cela dure, donnez le code à l’assistance.',
  },
  'platform.garbage': {
    what: 'La réponse de la plateforme est incompréhensible.',
    safe: 'Elle n’a pas été prise en compte ; les actes attendent ici.',
    next: 'Continuez à servir ; vérifiez si un portail Wi-Fi bloque le réseau.',
  },
  'platform.unauthorised': {
    what: 'La plateforme ne reconnaît pas ce guichet.',
    safe: 'Les actes sont enregistrés ici et attendent.',
    next: 'Demandez à l’administrateur de réinscrire ce guichet.',
  },
  'platform.gap': {
    what: 'La plateforme attend un acte antérieur de ce guichet.',
    safe: 'Tous les actes sont ici, l’ordre est gardé.',
    next: 'L’envoi repart de cet acte ; si cela revient, donnez le code à l’assistance.',
  },
  'platform.busy': {
    what: 'La plateforme centrale est surchargée et demande d’attendre.',
    safe: 'Les actes attendent ici, dans l’ordre.',
    next: 'Continuez à servir ; l’envoi reprend seul.',
  },
  'platform.foreignKey': {
    what: 'La plateforme signe avec une autre clé que celle connue de ce poste.',
    safe: 'Les actes restent enregistrés ici.',
    next: 'Prévenez l’assistance avant d’aller plus loin.',
  },
  'platform.rewritten': {
    what: 'Le relevé de la plateforme ne prolonge plus celui qu’elle avait signé.',
    safe: 'Les actes et leurs preuves restent ici.',
    next: 'Prévenez l’assistance et l’auditeur.',
  },
  'act.malformed': {
    what: 'La plateforme ne peut pas lire cet acte : une donnée n’a pas la forme attendue.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Corrigez-le par un nouvel acte ; si cela revient, donnez le code à l’assistance.',
  },
  'act.altered': {
    what: 'La plateforme a reçu un acte qui ne correspond pas à son empreinte.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Corrigez-le par un nouvel acte ; donnez le code à l’assistance : la ligne abîme les données.',
  },
  'act.foreign': {
    what: 'L’acte porte le nom d’un autre guichet.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Prévenez le responsable et donnez le code à l’assistance.',
  },
  'act.series': {
    what: 'Le numéro n’est pas de la série de ce guichet.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Prévenez le responsable : il peut annuler le numéro avec un motif.',
  },
  'act.numberTaken': {
    what: 'La plateforme connaît déjà un autre acte sous ce numéro, ou d’une autre série.',
    safe: 'L’acte garde sa place dans la série de ce guichet.',
    next: 'Prévenez le responsable : il peut annuler le numéro avec un motif.',
  },
  'act.stampUsed': {
    what: 'Ce numéro de timbre a déjà servi pour une autre demande.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Demandez à l’usager le bon timbre, puis corrigez son numéro.',
  },
  'act.citizenInvalid': {
    what: 'L’identité de l’usager n’est pas acceptée : une donnée manque ou est impossible.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Comparez avec le document, puis corrigez l’identité.',
  },
  'act.piecesMissing': {
    what: 'Le dossier est dit complet, mais une pièce obligatoire manque.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Vérifiez les pièces reçues, puis corrigez la liste.',
  },
  'act.procedureUnknown': {
    what: 'La plateforme ne connaît pas cette démarche.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Choisissez la fiche en vigueur dans la correction, ou appelez le responsable.',
  },
  'act.procedureClosed': {
    what: 'La fiche de cette démarche n’était plus en vigueur.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Reprenez la demande sur la fiche en vigueur, puis corrigez.',
  },
  'act.notFound': {
    what: 'La plateforme ne trouve pas l’acte à réparer.',
    safe: 'Les deux actes sont gardés ; aucun n’est modifié.',
    next: 'Attendez l’envoi des actes précédents ; si cela revient, donnez le code à l’assistance.',
  },
  'act.cancelled': {
    what: 'Ce numéro a déjà été annulé.',
    safe: 'Les deux actes sont gardés ; aucun n’est modifié.',
    next: 'Il n’y a plus rien à corriger ; déposez la demande sous un nouveau numéro s’il le faut.',
  },
  'act.notRefused': {
    what: 'La plateforme avait accepté cet acte : il n’y a rien à réparer.',
    safe: 'Les deux actes sont gardés ; aucun n’est modifié.',
    next: 'Pour le retirer, le responsable annule le numéro avec un motif.',
  },
  'act.settled': {
    what: 'Cet acte a déjà été réparé par un autre.',
    safe: 'Les deux actes sont gardés ; aucun n’est modifié.',
    next: 'Rouvrez la liste : elle montre ce qui reste à corriger.',
  },
  'act.conflict': {
    what: 'La plateforme tient un autre acte à cette place de la série.',
    safe: 'Les deux actes sont gardés ; aucun n’est remplacé.',
    next: 'Prévenez le responsable et l’assistance : ce registre a peut-être un double.',
  },
  'act.chain': {
    what: 'L’acte ne suit pas celui que la plateforme tient avant lui.',
    safe: 'L’acte reste ici, entier, à sa place.',
    next: 'Un responsable doit comparer les deux suites d’actes.',
  },
  'act.refused': {
    what: 'Une règle de la plateforme refuse cet acte.',
    safe: 'L’acte garde son numéro et sa place ; le récépissé remis reste valable.',
    next: 'Lisez le motif, puis corrigez par un nouvel acte, ou appelez le responsable.',
  },
  'act.unknown': {
    what: 'Cet acte n’est pas dans le registre de ce poste.',
    safe: 'Rien n’a été changé.',
    next: 'Rouvrez la liste des actes, puis choisissez-le de nouveau.',
  },
  'correction.waiting': {
    what: 'Une correction de cet acte attend déjà la réponse de la plateforme.',
    safe: 'La correction est enregistrée et partira dans l’ordre.',
    next: 'Attendez la réponse avant d’en faire une autre.',
  },
  'correction.notNeeded': {
    what: 'Cet acte ne demande pas de correction.',
    safe: 'Il est dans le registre, tel qu’il a été fait ou réparé.',
    next: 'Rouvrez la liste : elle montre ce qui reste à corriger.',
  },
  'witness.samePerson': {
    what: 'Cet acte demande deux personnes : la seconde ne peut pas être celle dont la session est ouverte.',
    safe: 'Rien n’a été décidé ni enregistré.',
    next: 'Faites entrer l’identifiant et le mot de passe d’une seconde personne.',
  },
  'witness.notAllowed': {
    what: 'Cette personne n’est pas habilitée à répondre de cet acte.',
    safe: 'Rien n’a été décidé ni enregistré.',
    next: 'Faites entrer l’identifiant et le mot de passe d’une personne habilitée.',
  },
  'transfer.noRecipient': {
    what: 'Aucune clé de la plateforme n’est connue pour sceller le fichier.',
    safe: 'Rien n’a été écrit sur le support ; les actes attendent ici.',
    next: 'Demandez à l’administrateur les clés de la plateforme et du dépôt de secours.',
  },
  'transfer.altered': {
    what: 'Le fichier scellé est abîmé ou a été modifié.',
    safe: 'Rien n’en a été repris ; les actes attendent ici.',
    next: 'Faites refaire le fichier, et gardez celui-ci pour l’assistance.',
  },
  'transfer.foreign': {
    what: 'Ce fichier est scellé pour un autre guichet, ou répond à d’autres actes.',
    safe: 'Rien n’en a été repris.',
    next: 'Prenez le fichier qui porte le numéro de ce guichet.',
  },
  'transfer.notAnswers': {
    what: 'Ce fichier n’est pas un fichier de réponses de la plateforme.',
    safe: 'Rien n’en a été repris ; les actes attendent ici.',
    next: 'Choisissez le fichier qui finit par .answers sur la clé.',
  },
  'transfer.export': {
    what: 'Ce fichier est un export d’actes, pas la réponse de la plateforme.',
    safe: 'Rien n’en a été repris ; les actes attendent ici.',
    next: 'Portez-le à la plateforme ; elle rend un fichier de réponses à importer ici.',
  },
  'transfer.newer': {
    what: 'Ces réponses sont d’une version plus récente que ce programme.',
    safe: 'Rien n’en a été repris ; les actes attendent ici.',
    next: 'Mettez le programme à jour, puis importez le même fichier.',
  },
} satisfies Partial<FaultSentences>
