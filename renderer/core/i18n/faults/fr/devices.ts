import type { FaultSentences } from '../sentence.ts'

/** What is plugged in, and what is put into it: cards, readers, printers, scanned codes. */
export const devices = {
  'card.noService': {
    what: 'Le service des cartes à puce ne répond pas sur ce poste.',
    safe: 'La demande en cours est gardée.',
    next: 'Démarrez le service (pcscd ; sous Windows « Carte à puce »), ou saisissez l’identité à la main.',
  },
  'card.noReader': {
    what: 'Aucun lecteur de carte n’est branché.',
    safe: 'La demande en cours est gardée.',
    next: 'Branchez le lecteur, ou saisissez l’identité à la main ; Windows Hello et les clés de sécurité ne lisent pas de carte d’identité.',
  },
  'card.absent': {
    what: 'Le lecteur est vide.',
    safe: 'Rien n’a été lu ni changé.',
    next: 'Insérez la carte, puce vers le bas et vers l’avant.',
  },
  'card.removed': {
    what: 'La carte a été retirée pendant la lecture.',
    safe: 'Rien d’incomplet n’est gardé de la carte.',
    next: 'Remettez la carte et laissez-la jusqu’à la fin.',
  },
  'card.mute': {
    what: 'La carte ne répond pas[ dans {reader}].',
    safe: 'La carte n’a pas été modifiée.',
    next: 'Retirez-la, essuyez la puce, remettez-la ; sinon saisissez à la main.',
  },
  'card.unsupported': {
    what: 'Cette carte n’est pas une carte d’identité connue ici.',
    safe: 'Rien n’a été lu.',
    next: 'Demandez une autre pièce, ou saisissez l’identité à la main.',
  },
  'card.busy': {
    what: 'Un autre programme occupe la carte.',
    safe: 'La carte n’a pas été modifiée.',
    next: 'Fermez l’autre programme, puis relisez (F2).',
  },
  'card.refused': {
    what: 'La carte a refusé une commande de lecture.',
    safe: 'La carte n’a pas été modifiée.',
    next: 'Relisez (F2) ; si le refus revient, saisissez l’identité à la main.',
  },
  'card.malformed': {
    what: 'Un fichier de la carte est illisible ou tronqué.',
    safe: 'Rien de cette lecture n’est gardé.',
    next: 'Relisez (F2) ; si cela revient, saisissez l’identité et notez le motif.',
  },
  'card.timeout': {
    what: 'La carte met trop de temps à répondre.',
    safe: 'La carte n’a pas été modifiée.',
    next: 'Retirez-la, remettez-la, puis relisez (F2).',
  },
  'card.cannotSign': {
    what: 'Cette carte ne peut pas signer.',
    safe: 'Rien n’a été signé ni enregistré ; le dépôt reste possible sans signature.',
    next: 'Continuez sans signature : une carte d’enfant ou sans certificat n’a pas de clé.',
  },
  'card.pinNeeded': {
    what: 'Le code PIN de la carte n’a pas été saisi.',
    safe: 'Aucun essai n’a été compté.',
    next: 'Demandez à l’usager de saisir son code, puis recommencez.',
  },
  'card.pinWrong': {
    what: 'Le code PIN n’est pas le bon[ : essais restants {tries}].',
    safe: 'Rien n’a été signé.',
    next: 'Faites vérifier le code par l’usager : après trois erreurs la carte se bloque.',
  },
  'card.pinBlocked': {
    what: 'Le code PIN de cette carte est bloqué.',
    safe: 'Rien n’a été signé ; la carte se lit toujours.',
    next: 'Continuez sans signature ; l’usager fait débloquer sa carte auprès de l’administration qui l’a délivrée.',
  },
  'card.pinCancelled': {
    what: 'Aucun code n’a été saisi sur le lecteur, ou la saisie a été annulée.',
    safe: 'Aucun essai n’a été compté.',
    next: 'Recommencez, et faites saisir le code sur les touches du lecteur.',
  },
  'card.remoteSession': {
    what: 'Aucun lecteur n’est visible : ce programme tourne dans une session à distance.',
    safe: 'La demande en cours est gardée.',
    next: 'Autorisez les cartes à puce dans les ressources locales de la connexion à distance, ou saisissez l’identité à la main.',
  },
  'signature.outdated': {
    what: 'La demande a changé depuis la signature de l’usager.',
    safe: 'Rien n’a été enregistré et la signature n’a pas servi.',
    next: 'Faites signer à nouveau (S), ou délivrez le récépissé sans signature.',
  },
  'signature.otherPerson': {
    what: 'La carte qui signe n’est pas celle de l’usager servi.',
    safe: 'La signature n’est pas gardée.',
    next: 'Remettez la carte de l’usager dans le lecteur, puis recommencez.',
  },
  'card.pluginRefused': {
    what: 'Le module de lecture [« {plugin} » ] n’est pas celui qui a été approuvé.',
    safe: 'Il n’a pas été lancé ; rien n’a été lu.',
    next: 'Prévenez l’administrateur ; en attendant, scannez la zone lisible ou saisissez l’identité à la main.',
  },
  'card.pluginFailed': {
    what: 'Le module de lecture [« {plugin} » ] n’a pas répondu comme prévu ; il a été arrêté.',
    safe: 'Rien n’a été repris de ce qu’il a dit.',
    next: 'Relisez la carte (F2) ; sinon scannez la zone lisible ou saisissez l’identité à la main.',
  },
  'card.accessBlocked': {
    what: 'Le code d’accès (CAN) de ce document est bloqué : trop de codes faux.',
    safe: 'La puce elle-même n’est pas bloquée.',
    next: 'Ouvrez-la par sa zone lisible (MRZ) ; sinon saisissez l’identité à la main.',
  },
  'card.accessNeeded': {
    what: 'La puce de ce document s’ouvre avec son code d’accès (CAN) ou sa zone lisible (MRZ).',
    safe: 'Rien n’a été lu ni modifié.',
    next: 'Scannez la zone lisible ou tapez le code imprimé au recto ; sinon saisissez l’identité à la main.',
  },
  'card.accessRefused': {
    what: 'La puce n’accepte pas ce code ou cette zone lisible.',
    safe: 'La puce n’est pas bloquée ; elle répond plus lentement après un échec.',
    next: 'Vérifiez le numéro, la date de naissance et la date d’expiration, puis réessayez.',
  },
  'card.agents': {
    what: 'Cette carte est celle d’un agent de ce guichet.',
    safe: 'Elle n’a pas été lue comme celle d’un usager.',
    next: 'Insérez la carte de l’usager dans l’autre lecteur, ou saisissez son identité à la main.',
  },
  'mrz.malformed': {
    what: 'Le texte lu n’est pas une zone lisible (MRZ).',
    safe: 'Rien n’a été enregistré.',
    next: 'Repassez le document dans le lecteur, la zone bien à plat.',
  },
  'seal.notFound': {
    what: 'Aucun cachet numérique sur ce document.',
    safe: 'Rien n’a été changé.',
    next: 'Scannez le code QR entier, bien à plat.',
  },
  'seal.malformed': {
    what: 'Ce code QR n’est pas un cachet de Guichet.',
    safe: 'Rien n’a été changé.',
    next: 'Vérifiez que c’est un récépissé de dépôt, puis rescannez.',
  },
  'seal.unknownKey': {
    what: 'Le cachet vient d’un guichet inconnu de ce poste.',
    safe: 'Ni accepté ni déclaré faux.',
    next: 'Synchronisez les clés des guichets, puis vérifiez de nouveau.',
  },
  'seal.badSignature': {
    what: 'Le cachet ne correspond pas au contenu : document modifié.',
    safe: 'L’acte d’origine reste dans le registre du guichet.',
    next: 'Ne l’acceptez pas ; cherchez l’acte par son numéro.',
  },
  'printer.noService': {
    what: 'Le service d’impression ne répond pas sur ce poste.',
    safe: 'L’acte est enregistré ; l’impression attend.',
    next: 'Redémarrez le service (CUPS), ou appelez l’assistance.',
  },
  'printer.none': {
    what: 'Pas d’imprimante pour ce papier[ : {printer} n’est plus installée].',
    safe: 'L’acte est enregistré ; l’impression attend.',
    next: 'Choisissez une imprimante dans Appareils.',
  },
  'printer.unreachable': {
    what: 'L’imprimante[ {printer}] ne répond pas.',
    safe: 'L’acte est enregistré ; l’impression attend.',
    next: 'Vérifiez qu’elle est allumée et reliée ; l’impression reprend seule.',
  },
  'printer.noAnswer': {
    what: 'L’imprimante[ {printer}] n’a pas dit si elle a reçu le document.',
    safe: 'L’acte est enregistré ; rien n’est réimprimé sans vous.',
    next: 'Regardez si le papier est sorti, puis répondez à l’écran.',
  },
  'printer.refused': {
    what: 'L’imprimante[ {printer}] a refusé le document.',
    safe: 'L’acte est enregistré, son PDF est gardé.',
    next: 'Regardez son écran, puis réimprimez (F8).',
  },
  'printer.media': {
    what: 'L’imprimante[ {printer}] n’a pas ce papier[ ({paper})].',
    safe: 'L’acte est enregistré, son PDF est gardé.',
    next: 'Chargez ce papier, ou choisissez une autre imprimante.',
  },
  'press.down': {
    what: 'Le document n’a pas pu être mis en page ; le programme recommence seul.',
    safe: 'L’acte est enregistré, son numéro est acquis.',
    next: 'Attendez quelques secondes ; si rien ne sort, appelez l’administrateur.',
  },
  'scanner.none': {
    what: 'Aucun numériseur n’est branché.',
    safe: 'La demande en cours est gardée.',
    next: 'Branchez-le, ou joignez un fichier.',
  },
  'scanner.failed': {
    what: 'La numérisation s’est arrêtée.',
    safe: 'La page n’est pas jointe ; le reste est gardé.',
    next: 'Remettez la page à plat, puis recommencez (F6).',
  },
  'devices.down': {
    what: 'Le programme des appareils s’est arrêté ; il redémarre.',
    safe: 'La demande en cours est gardée.',
    next: 'Attendez quelques secondes, puis recommencez.',
  },
  'training.off': {
    what: 'La carte simulée n’existe qu’en mode formation.',
    safe: 'Rien n’a été changé.',
    next: 'Insérez une vraie carte, ou ouvrez le mode formation.',
  },
  'device.notEnrolled': {
    what: 'Ce poste n’est pas encore inscrit à la plateforme.',
    safe: 'Le travail continue : les actes sont enregistrés ici et attendent.',
    next: 'Un administrateur saisit le code d’inscription dans Appareils.',
  },
  'device.pending': {
    what: 'La plateforme n’a pas encore approuvé ce poste.',
    safe: 'Le travail continue : les actes sont enregistrés ici et attendent.',
    next: 'À la plateforme, on compare l’empreinte affichée dans Appareils, puis on approuve.',
  },
  'device.revoked': {
    what: 'La plateforme a révoqué ce poste : il n’enregistre plus d’acte et n’envoie rien.',
    safe: 'Tous les actes déjà enregistrés sont gardés ici ; ils peuvent être exportés sur une clé.',
    next: 'Appelez l’administrateur : si le poste est approuvé de nouveau, le travail reprend de lui-même.',
  },
  'device.codeRefused': {
    what: 'La plateforme n’accepte pas ce code : il est inexact, périmé ou déjà utilisé.',
    safe: 'Rien n’a changé : les actes attendent ici.',
    next: 'Vérifiez le code, ou demandez-en un nouveau pour ce guichet.',
  },
  'device.counterTaken': {
    what: 'Un autre poste tient déjà la série de ce guichet.',
    safe: 'Les actes sont enregistrés ici et attendent ; aucun numéro n’est donné deux fois.',
    next: 'Demandez à la plateforme de révoquer l’autre poste d’abord.',
  },
} satisfies Partial<FaultSentences>
