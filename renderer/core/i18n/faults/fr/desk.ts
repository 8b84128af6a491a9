import type { FaultSentences } from '../sentence.ts'

/** What the agent does at the desk: the session, who the citizen is, the request and its receipt. */
export const desk = {
  'call.invalid': {
    what: 'Une donnée mal formée a été refusée.',
    safe: 'Rien n’a été enregistré, la saisie reste à l’écran.',
    next: 'Vérifiez la saisie et recommencez.',
  },
  'call.unknown': {
    what: 'Cette version ne connaît pas l’action demandée.',
    safe: 'Rien n’a été changé.',
    next: 'Redémarrez Guichet ; si cela revient, donnez le code à l’assistance.',
  },
  'call.cancelled': {
    what: 'L’action a été interrompue à votre demande.',
    safe: 'Rien n’a été enregistré.',
    next: 'Relancez-la quand vous voulez.',
  },
  internal: {
    what: 'Le programme s’est arrêté au milieu de cette action.',
    safe: 'Les actes enregistrés sont intacts, le brouillon aussi.',
    next: 'Recommencez ; si cela revient, donnez le code à l’assistance.',
  },
  'command.reused': {
    what: 'Cet acte a déjà été enregistré, avec un autre contenu que celui qui vient d’être demandé.',
    safe: 'Le premier acte est enregistré une seule fois, tel qu’il était ; la dernière demande n’a rien changé.',
    next: 'Vérifiez le premier acte dans les actes du jour, puis recommencez depuis un nouveau formulaire si besoin.',
  },
  'session.none': {
    what: 'La session est fermée.',
    safe: 'Le brouillon est gardé sur ce poste.',
    next: 'Connectez-vous pour continuer.',
  },
  'session.badCredentials': {
    what: 'Identifiant ou mot de passe inexact.',
    safe: 'Le compte reste ouvert[ ; essais restants : {left}].',
    next: 'Vérifiez la touche Verr. Maj et la langue du clavier, puis retapez.',
  },
  'session.lockedOut': {
    what: 'Trop d’essais : la connexion est suspendue[ {minutes} min].',
    safe: 'Le compte n’est pas supprimé et rien n’est perdu.',
    next: 'Attendez, ou demandez à l’administrateur de rouvrir le compte.',
  },
  'session.accountExpired': {
    what: 'La validité de ce compte est dépassée.',
    safe: 'Les actes déjà faits restent valables.',
    next: 'Demandez à l’administrateur de le prolonger, puis synchronisez.',
  },
  'session.forbidden': {
    what: 'Votre rôle ne permet pas cette action.',
    safe: 'Rien n’a été changé.',
    next: 'Appelez une personne habilitée, ou changez de compte.',
  },
  'session.cardAbsent': {
    what: 'Ce compte s’ouvre avec la carte de l’agent, et elle n’est dans aucun lecteur.',
    safe: 'Le mot de passe n’a pas été essayé et le brouillon est gardé.',
    next: 'Insérez votre carte, puis retapez le mot de passe.',
  },
  'session.cardRefused': {
    what: 'La carte présentée ne prouve pas qu’elle est celle de ce compte.',
    safe: 'Le compte reste fermé ; l’essai est au journal.',
    next: 'Insérez la carte d’origine ; si elle a été remplacée, l’administrateur l’associe de nouveau.',
  },
  'session.cardUnbound': {
    what: 'Ce compte demande une carte, et aucune ne lui est associée sur ce poste.',
    safe: 'Rien n’a été changé.',
    next: 'Demandez à l’administrateur d’associer votre carte (écran Comptes).',
  },
  'session.pinNeeded': {
    what: 'Le code PIN de votre carte n’a pas été saisi.',
    safe: 'Aucun essai n’a été compté, ni sur la carte ni sur le compte.',
    next: 'Saisissez-le dans le champ ou sur les touches du lecteur, puis recommencez.',
  },
  'session.pinWrong': {
    what: 'Le code PIN de votre carte n’est pas le bon[ : essais restants {tries}].',
    safe: 'Le mot de passe n’a pas été essayé.',
    next: 'Vérifiez le code avant de recommencer : la carte se bloque après trois erreurs.',
  },
  'session.pinBlocked': {
    what: 'Le code PIN de votre carte est bloqué.',
    safe: 'Votre compte et le registre sont intacts.',
    next: 'Faites débloquer la carte par l’administration qui l’a délivrée, ou demandez à l’administrateur d’en associer une autre.',
  },
  'account.unknown': {
    what: 'Ce compte n’est plus connu de ce poste.',
    safe: 'Rien n’a été changé.',
    next: 'Rouvrez la liste des comptes, ou synchronisez.',
  },
  'account.cardTaken': {
    what: 'Cette carte est déjà associée à un autre compte de ce poste.',
    safe: 'Aucune association n’a été changée.',
    next: 'Dissociez-la d’abord de l’autre compte, ou prenez une autre carte.',
  },
  'desk.held': {
    what: 'Une autre fenêtre de ce guichet sert déjà un usager.',
    safe: 'Rien n’a été lu ni changé ici.',
    next: 'Terminez avec cet usager dans l’autre fenêtre, puis recommencez.',
  },
  'identity.gone': {
    what: 'L’identité de l’usager n’est plus en mémoire.',
    safe: 'La demande saisie est gardée comme brouillon.',
    next: 'Relisez la carte (F2) ou resaisissez l’identité.',
  },
  'identity.reasonMissing': {
    what: 'Une identité saisie à la main demande un motif.',
    safe: 'La saisie reste à l’écran.',
    next: 'Choisissez le motif, puis confirmez.',
  },
  'procedure.unknown': {
    what: 'Cette démarche n’est plus au catalogue.',
    safe: 'Le brouillon est gardé.',
    next: 'Choisissez la démarche dans la liste à jour (F3).',
  },
  'request.invalid': {
    what: 'La demande ne suit pas la fiche de la démarche.',
    safe: 'Rien n’a été enregistré, la saisie reste à l’écran.',
    next: 'Revoyez les pièces et les champs marqués, puis confirmez.',
  },
  'request.unknown': {
    what: 'Cette demande n’est pas dans le registre de ce poste.',
    safe: 'Rien n’a été changé.',
    next: 'Vérifiez le numéro, ou cherchez-la au guichet qui l’a reçue.',
  },
  'attachment.tooLarge': {
    what: 'Ce fichier dépasse la taille admise[ ({megabytes} Mo)].',
    safe: 'Les autres fichiers restent joints.',
    next: 'Numérisez en 200 ppp, ou séparez le document.',
  },
  'attachment.type': {
    what: 'Ce genre de fichier n’est pas accepté.',
    safe: 'Les autres fichiers restent joints.',
    next: 'Joignez un PDF, un JPEG ou un PNG.',
  },
  'attachment.unreadable': {
    what: 'Le fichier ne s’ouvre pas.',
    safe: 'Les autres fichiers restent joints.',
    next: 'Enregistrez-le de nouveau, ou numérisez la pièce (F6).',
  },
  'attachment.unknown': {
    what: 'Un fichier joint manque dans le registre de ce poste.',
    safe: 'Le reste de la demande est gardé.',
    next: 'Joignez le fichier de nouveau.',
  },
  'receipt.unknown': {
    what: 'Ce récépissé n’est pas dans le registre de ce poste.',
    safe: 'Rien n’a été changé.',
    next: 'Vérifiez le numéro, ou cherchez-le au guichet qui l’a délivré.',
  },
  'receipt.notReady': {
    what: 'Le PDF du récépissé se prépare encore.',
    safe: 'L’acte est enregistré et numéroté.',
    next: 'Rouvrez le PDF dans un instant.',
  },
  'receipt.glyphMissing': {
    what: 'Un caractère ne peut pas être imprimé[ : {letters}].',
    safe: 'Rien n’a été enregistré, aucun numéro n’est pris.',
    next: 'Remplacez ce caractère, puis confirmez.',
  },
  'receipt.wiped': {
    what: 'Ce récépissé a passé son terme : nom, cachet et papier sont effacés.',
    safe: 'La ligne du registre, avec son numéro et ses dates, est gardée.',
    next: 'Demandez une copie au centre si la loi la permet encore.',
  },
  'receipt.altered': {
    what: 'Le PDF gardé ne correspond plus à son empreinte.',
    safe: 'L’acte, son numéro et son cachet restent dans le registre.',
    next: 'Ne remettez pas ce PDF ; donnez le code à l’assistance.',
  },
  'trust.notSigners': {
    what: 'Ce fichier ne contient aucun signataire de pays lisible.',
    safe: 'Les pays reconnus restent les mêmes.',
    next: 'Prenez un certificat (.cer, .der, .pem), une liste maîtresse (.ml) ou un extrait LDIF de l’annuaire OACI.',
  },
  'trust.unknown': {
    what: 'Ce signataire n’a pas été ajouté sur ce poste.',
    safe: 'Rien n’a été changé.',
    next: 'Actualisez la liste (F5) et comparez l’empreinte ; ceux qui sont installés avec le programme sont retirés par l’assistance.',
  },
  'file.unreadable': {
    what: 'Le fichier ne peut pas être lu.',
    safe: 'Rien n’a été changé.',
    next: 'Vérifiez le chemin et les droits, puis recommencez.',
  },
  'file.noRoom': {
    what: 'Il n’y a plus de place là où le fichier devait aller.',
    safe: 'Le fichier commencé a été ôté ; rien n’a été remplacé, et le registre est intact.',
    next: 'Libérez de la place ou choisissez un autre support, puis recommencez.',
  },
  'file.unwritable': {
    what: 'Le fichier ne peut pas être écrit à cet endroit.',
    safe: 'Rien n’a été remplacé.',
    next: 'Choisissez un autre dossier, ou libérez de la place.',
  },
  'file.missing': {
    what: 'Un fichier que le registre nomme n’est plus sur le disque.',
    safe: 'Les actes et les autres fichiers sont intacts.',
    next: 'Demandez à l’assistance de le remettre depuis une copie de secours.',
  },
  'file.damaged': {
    what: 'Un fichier du registre est endommagé : ses octets ne sont plus ceux qui ont été écrits.',
    safe: 'Il n’est ni montré ni envoyé ; les actes et les autres fichiers sont intacts.',
    next: 'Demandez à l’assistance de le remettre depuis une copie de secours, et de vérifier le disque.',
  },
  'file.swapped': {
    what: 'À la place d’un fichier du registre se trouve celui d’un autre.',
    safe: 'Il n’est ni montré ni envoyé ; les actes et les autres fichiers sont intacts.',
    next: 'Prévenez le responsable : le dossier a été modifié hors du programme. L’assistance remet le fichier depuis une copie de secours.',
  },
  'file.leftOver': {
    what: 'Un fichier que rien ne nomme est resté sur le disque.',
    safe: 'Il est chiffré, et aucun acte n’en dépend.',
    next: 'Rien n’est à faire : il est supprimé après un jour.',
  },
} satisfies Partial<FaultSentences>
