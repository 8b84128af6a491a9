import type { IdentityView, PurposeView } from '#shared/contract/features/intake/calls.ts'
import type { Identity } from '#shared/domain/identity/identity.ts'
import { demoId } from './ids.ts'

/** What citizens are served for at this counter. */
export const demoPurpose: PurposeView = {
  purpose: 'deposit',
  basis: {
    fr: 'Loi 55-19 : récépissé de dépôt',
    ar: 'القانون 55.19: وصل الإيداع',
    en: 'Law 55-19: receipt of a deposit',
  },
  source: 'loi 55-19',
}

/** Nobody: a drawn head, so that no face is ever in a picture. */
const portrait = (skin: string, cloth: string, hair: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 140 200"><rect width="140" height="200" fill="#dfe5e1"/>
  <path d="M38 92c-4-44 10-62 32-62s36 18 32 62l-4 30H42z" fill="${hair}"/><path d="M10 200c2-42 26-58 60-58s58 16 60 58z" fill="${cloth}"/>
  <path d="M56 118h28v30c0 10-28 10-28 0z" fill="${skin}"/><ellipse cx="70" cy="88" rx="27" ry="35" fill="${skin}"/>
  <path d="M42 82c2-30 14-38 30-38s26 10 27 38c-10-4-18-12-22-22-6 12-20 20-35 22z" fill="${hair}"/></svg>`)}`

const someone: Identity = {
  familyName: 'Lambert',
  givenNames: 'Anne-Sophie Marie',
  birthDate: { value: '1990-02-14', precision: 'day' },
  birthPlace: 'Liège',
  sex: 'F',
  nationality: 'BEL',
  nationalNumber: '90021400257',
  documentNumber: '592-1234567-89',
  documentType: 'eID',
  validFrom: '2021-03-01',
  validUntil: '2031-03-01',
  issuer: 'Liège',
  address: { street: 'Rue des Guillemins 12', postalCode: '4000', municipality: 'Liège' },
}
const withNativeName: Identity = {
  ...someone,
  familyName: 'El Fassi Bennani',
  givenNames: 'Fatima Zahra',
  nativeName: 'الفاسي بناني فاطمة الزهراء',
  birthPlace: 'Rabat',
  nationality: 'MAR',
  address: { street: '12, rue Oued Ziz', postalCode: '10080', municipality: 'Rabat' },
}
const longest: Identity = {
  ...someone,
  familyName: 'Vandenbroeck-Castellanos van der Straten Ponthoz',
  givenNames: 'Maximiliaan Bartholomeus Jean-Christophe Emmanuel',
  nativeName: 'فاندنبروك كاستيانوس فان دير ستراتن بونتوز ماكسيميليان بارتولوميوس',
  birthPlace: 'Woluwe-Saint-Lambert / Sint-Lambrechts-Woluwe',
  issuer: 'Ottignies-Louvain-la-Neuve',
  address: {
    street: 'Chaussée de Saint-Job — Sint-Jobsesteenweg 1284 boîte 0012',
    postalCode: '1180',
    municipality: 'Uccle / Ukkel (Bruxelles-Capitale)',
  },
}

const fromCard = (n: number, identity: Identity, photo: string, readAt: Date): IdentityView => ({
  identityId: demoId.identity(n),
  identity,
  photo,
  readAt: readAt.toISOString(),
  cardPresent: true,
  signs: true,
  checks: { identity: 'valid', address: 'valid', photo: 'valid', chain: 'trusted' },
  purpose: demoPurpose,
  source: {
    kind: 'card',
    profile: 'be-eid',
    reader: 'ACS ACR39U ICC Reader 00 00',
    simulated: true,
    checks: { identity: 'valid', address: 'valid', photo: 'valid', chain: 'trusted' },
  },
})

const resident: Identity = {
  familyName: 'DIALLO',
  givenNames: 'MAMADOU SALIOU',
  nativeName: 'ديالو مامادو ساليو',
  birthDate: { value: '1987-06-30', precision: 'day' },
  birthPlace: 'CONAKRY',
  sex: 'M',
  nationality: 'GIN',
  documentNumber: 'R00012346',
  documentType: 'IR',
  validFrom: '2024-09-12',
  validUntil: '2029-09-11',
  issuer: 'MAR',
}
const permitOf = (
  chip: 'valid' | 'invalid',
  dataGroups: Record<string, 'valid' | 'invalid'>,
  now: Date,
): IdentityView => {
  const checks = { identity: 'valid', address: 'notChecked', photo: 'valid', chain: 'trusted' } as const
  const { signs: _, ...view } = fromCard(5, resident, portrait('#7a4f35', '#2d4668', '#17100c'), now)
  return {
    ...view,
    checks,
    source: { kind: 'card', profile: 'icao', reader: 'ACS ACR1252 Dual Reader PICC 00 01', simulated: true, checks },
    emrtd: {
      access: 'PACE-CAN',
      documentCode: 'IR',
      names: { latin: 'DIALLO MAMADOU SALIOU', native: 'ديالو مامادو ساليو' },
      checks: {
        passive: 'valid',
        dataGroups: { DG1: 'valid', DG2: 'valid', DG11: 'valid', DG14: 'valid', ...dataGroups },
        chip,
      },
    },
  }
}

const cnie: Identity = {
  familyName: 'BENNANI',
  givenNames: 'YASMINE',
  nativeName: 'بناني ياسمين',
  birthDate: { value: '1988-09-17', precision: 'day' },
  birthPlace: 'RABAT',
  sex: 'F',
  nationality: 'MAR',
  nationalNumber: 'ZZ012345',
  documentNumber: 'SP0000042',
  documentType: 'I',
  validFrom: '2023-11-15',
  validUntil: '2033-11-15',
  issuer: 'DGSN',
  address: { street: '12, rue Oued Ziz', postalCode: '10080', municipality: 'RABAT' },
}
/** A chip whose country published no certificate, and a name out of which hidden signs were taken. */
const cnieOf = (now: Date): IdentityView => {
  const checks = { identity: 'valid', address: 'valid', photo: 'valid', chain: 'untrusted' } as const
  const { signs: _, ...view } = fromCard(6, cnie, portrait('#d9ad8a', '#5a3d55', '#241b16'), now)
  return {
    ...view,
    checks,
    source: { kind: 'card', profile: 'ma-cnie', reader: 'ACS ACR1252 Dual Reader PICC 00 01', simulated: true, checks },
    emrtd: {
      access: 'PACE-CAN',
      documentCode: 'I',
      names: { latin: 'BENNANI YASMINE', native: 'بناني ياسمين' },
      cleaned: ['DG11'],
      checks: {
        passive: 'valid',
        dataGroups: { DG1: 'valid', DG2: 'valid', DG11: 'valid', DG14: 'valid' },
        chip: 'valid',
        chipBy: 'CAM',
      },
    },
  }
}
/** What a program of the country says of a card. */
const declaredOf = (now: Date): IdentityView => {
  const checks = { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' } as const
  const { photo, signs: _, ...view } = fromCard(7, cnie, '', now)
  return {
    ...view,
    checks,
    source: { kind: 'card', profile: 'plugin:dgsn', reader: 'ACS ACR39U ICC Reader 00 00', simulated: true, checks },
    declared: { by: 'dgsn', verdict: 'authentic' },
    ...(photo === '' ? {} : { photo }),
  }
}

/** Synthetic citizens of the demonstration, as the card screen gets them. */
export const demoCitizens = (
  now: Date,
): Record<'typical' | 'native' | 'longest' | 'tampered' | 'permit' | 'copy' | 'cnie' | 'declared', IdentityView> => ({
  typical: fromCard(1, someone, portrait('#d9ad8a', '#31525b', '#3b2a20'), now),
  native: fromCard(2, withNativeName, portrait('#cf9f78', '#5a3d55', '#241b16'), now),
  longest: fromCard(3, longest, portrait('#e3bd9b', '#384a2f', '#8a6a3e'), now),
  permit: permitOf('valid', {}, now),
  cnie: cnieOf(now),
  declared: declaredOf(now),
  copy: permitOf('invalid', { DG11: 'invalid' }, now),
  tampered: {
    ...fromCard(4, someone, portrait('#d9ad8a', '#31525b', '#3b2a20'), now),
    checks: { identity: 'valid', address: 'invalid', photo: 'invalid', chain: 'untrusted' },
  },
})
