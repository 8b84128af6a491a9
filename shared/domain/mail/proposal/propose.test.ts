import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { proposeFrom, proposeFromMail } from './propose.ts'

const received = '2026-11-30'
const of = (text: string) => proposeFrom(text, received).proposals

describe('the sender’s own reference', () => {
  test.each([
    ['N/Réf : AB/2026-117\nV/Réf : 88/SG', 'AB/2026-117'],
    ['V/Réf : 88/SG\nN/Réf : AB/2026-117', 'AB/2026-117'],
    ['V/Réf : 88/SG    N/Réf : AB/2026-117', 'AB/2026-117'],
    ['Nos réf. : DRH/SG/n° 12', 'DRH/SG/n° 12'],
    ['Notre référence : 2026-0457', '2026-0457'],
    ['Réf. : 45/DAF/26', '45/DAF/26'],
    ['N° 123/DRH/2026', '123/DRH/2026'],
    ['N° : 123 / DRH / 2026', '123/DRH/2026'],
    ['Nº 1 234/DRH/2026', '1234/DRH/2026'],
    ['عدد : 1234/م.م.ب/2026', '1234/م.م.ب/2026'],
    ['عدد: ١٢٣٤/ق م/٢٠٢٦', '1234/ق م/2026'],
    ['المرجع : 45/ك ع/2026', '45/ك ع/2026'],
    ['رقم 88/2026', '88/2026'],
    ['تحت عدد 17/2026', '17/2026'],
    ['Référence :\n2026/DAF/77', '2026/DAF/77'],
    ['N°: 0045 DRS/SAF', '0045 DRS/SAF'],
    ['Ref N° ABC 2026 - 15', 'ABC 2026-15'],
    ['Réf dossier : 2026/1201/45', '2026/1201/45'],
    ['المرجع: و.ح.ر/ق.د/عدد 88-26', 'و.ح.ر/ق.د/عدد 88-26'],
  ])('%s', (head, value) => {
    expect(of(`Commune de Salé\n${head}\nObjet : demande de salle`).reference?.value).toBe(value)
  })

  test.each([
    'Réf. : votre lettre n° 456/AU/2026 du 2 novembre 2026',
    'V/Réf : 88/SG/2026',
    'Vos références : 88/SG/2026',
    'Réf : Loi n° 55-19',
    'Réf : Circulaire n° 12/2026',
    'المرجع : رسالتكم عدد 99/2026 بتاريخ 3 نونبر 2026',
    'المرجع : القانون رقم 55.19',
    'مرجعكم : 99/2026',
    'Tél : 05 37 12 34 56 – Fax n° 05 37 00 00 00',
    'Rue Ibn Sina n° 12, Salé',
    'C.I.N. n° A123456',
    'Objet : marché n° 12/2026/CS',
    'N° 12/11/2026',
  ])('%s is none', (line) => {
    expect(of(`Commune de Salé\n${line}\nMonsieur,`).reference).toBeUndefined()
  })
})

describe('a number whose Arabic label was read as a Latin word', () => {
  const head = (line: string) =>
    of(`المملكة المغربية\nعمالة تمارة\n${line}\nتمارة في 12 نونبر 2026\n\nإلى السيد رئيس الجماعة`)

  test.each([
    ['sac : 321/2026', '321/2026'],
    ['Sue : 12/م.م.ب/2026', '12/م.م.ب/2026'],
    ['Fax : 321/2026', undefined],
    ['sac : 12/11/2026', undefined],
    ['sac : 321/2026 du 3', undefined],
  ])('%s: %s', (line, value) => {
    expect(head(line).reference?.value).toBe(value)
    if (value !== undefined) expect(head(line).reference?.confidence).toBeLessThan(0.7)
  })

  it('is none in a French letter', () => {
    expect(of('Commune de Salé\nsac : 321/2026\nMonsieur le Président,').reference).toBeUndefined()
  })
})

describe('the subject', () => {
  test.each([
    ['Objet : Demande de salle', 'Demande de salle'],
    ['OBJET: Demande de salle.', 'Demande de salle'],
    [
      'Objet : Demande de mise à disposition\nd’une salle de réunion',
      'Demande de mise à disposition d’une salle de réunion',
    ],
    ['Objet : Recrutement de\nMonsieur Alami', 'Recrutement de Monsieur Alami'],
    ['Objet : Demande de salle\nRéf : 12/2026', 'Demande de salle'],
    ['Objet : Demande de salle   Réf : 12/2026', 'Demande de salle'],
    ['Réf : 12/2026\nObjet : Demande de salle', 'Demande de salle'],
    ['Objet :\nDemande de salle', 'Demande de salle'],
    ['Objet/ Demande de salle', 'Demande de salle'],
    ['Re: Demande de salle', 'Demande de salle'],
    ['Objet : la réunion relative\nà l’assainissement', 'la réunion relative à l’assainissement'],
    ['الموضوع/ طلب قاعة', 'طلب قاعة'],
    ['Objet : Demande de salle\nMonsieur le Président,', 'Demande de salle'],
    ['الموضوع : طلب قاعة', 'طلب قاعة'],
    ['الموضوع: طلب موافاتنا بلائحة الموظفين\nبرسم سنة 2026', 'طلب موافاتنا بلائحة الموظفين برسم سنة 2026'],
    ['الموضوع : طلب قاعة\nالمرجع : رسالتكم عدد 12', 'طلب قاعة'],
    ['الموضوع : طلب قاعة\nسلام تام بوجود مولانا الإمام', 'طلب قاعة'],
  ])('%s', (head, value) => {
    expect(of(`${head}\n\n${/\p{Script=Arabic}/u.test(head) ? 'وبعد، فإن' : 'Nous avons'}`).subject?.value).toBe(value)
  })

  it('is never how a letter greets', () => {
    expect(of('Commune de Salé\nMonsieur le Directeur,\nNous avons').subject).toBeUndefined()
    expect(of('Objet :\nMonsieur le Directeur,').subject).toBeUndefined()
  })

  it('of both languages, that of the letter', () => {
    const head = 'Objet : Demande de salle\nالموضوع : طلب قاعة\n'
    expect(of(`${head}\nNous avons l’honneur de vous demander une salle`).subject?.value).toBe('Demande de salle')
    expect(of(`${head}\nيشرفني أن أطلب منكم قاعة للاجتماع يوم غد`).subject?.value).toBe('طلب قاعة')
  })
})

describe('a citizen who writes', () => {
  const own = (...lines: string[]) => of(lines.join('\n')).sender?.value
  it('is who stands over his own address, with his title too; whom he writes to comes after', () => {
    const to = ['Salé, le 12 novembre 2026', 'À Monsieur le Président', 'Objet : salle']
    expect(own('Mme Khadija BENNANI', '45, avenue Hassan II', ...to)).toBe('Mme Khadija BENNANI')
    expect(own('السيد محمد العلوي', 'حي السلام سلا', 'إلى السيد رئيس الجماعة', 'الموضوع: طلب')).toBe(
      'السيد محمد العلوي',
    )
    expect(own('السيد محمد العلوي', 'حي السلام سلا', 'الموضوع: طلب')).toBeUndefined()
  })
  it('is not a piece of the word that says who signs', () => {
    expect(
      own('Salé, le 12 novembre 2026', 'Objet : salle', 'Monsieur le Président,', 'Je soussignée...'),
    ).toBeUndefined()
  })
})

describe('the sender', () => {
  const to = 'A Monsieur le Directeur\nde l’Agence urbaine de Rabat'
  test.each([
    [
      'ROYAUME DU MAROC\nMINISTÈRE DE L’INTÉRIEUR\nPRÉFECTURE DE RABAT\nCOMMUNE DE SALÉ\nService du personnel',
      'COMMUNE DE SALÉ',
    ],
    [
      'Royaume du Maroc\nMinistère de la Santé\nDirection des ressources humaines',
      'Ministère de la Santé, Direction des ressources humaines',
    ],
    ['Société ATLAS BÂTIMENT SARL\nTél : 05 37 00 00 00', 'Société ATLAS BÂTIMENT SARL'],
    ['ATLAS BÂTIMENT S.A.R.L.', 'ATLAS BÂTIMENT S.A.R.L'],
    ['Le Gouverneur de la province de Kénitra\nà\nMonsieur le Président', 'Le Gouverneur de la province de Kénitra'],
    ['Expéditeur : Karima Idrissi', 'Karima Idrissi'],
    ['Je soussigné M. Ahmed Alami, demeurant à Salé', 'Ahmed Alami'],
  ])('%s', (head, value) => {
    expect(of(`${head}\n${to}\n\nObjet : salle\nMonsieur,`).sender?.value).toBe(value)
  })

  test.each([
    ['المملكة المغربية\nوزارة الصحة\nمديرية الموارد البشرية', 'وزارة الصحة، مديرية الموارد البشرية'],
    ['المملكة المغربية\nوزارة الداخلية\nجماعة سلا', 'جماعة سلا'],
    ['من رئيس جماعة سلا\nإلى السيد عامل العمالة', 'رئيس جماعة سلا'],
    ['شركة الأطلس للبناء', 'شركة الأطلس للبناء'],
  ])('%s', (head, value) => {
    expect(of(`${head}\nإلى السيد مدير الوكالة الحضرية\n\nالموضوع : طلب\nسلام تام`).sender?.value).toBe(value)
  })

  it('is never whom it is for', () => {
    expect(of(`${to}\n\nObjet : salle\nMonsieur,\nNous avons`).sender).toBeUndefined()
    expect(of('إلى السيد مدير الوكالة الحضرية بالرباط\n\nالموضوع : طلب قاعة\nسلام تام').sender).toBeUndefined()
  })

  it('who signed is a weak hint', () => {
    const { sender } = of(`${to}\n\nObjet : salle\n\nMonsieur,\nNous avons besoin d’une salle.\n\nSigné : Ahmed Alami`)
    expect(sender?.value).toBe('Ahmed Alami')
    expect(sender?.confidence).toBeLessThan(0.5)
  })
})

it('an e-mail is known by its head; answers and forwards are not its subject', () => {
  const { proposals } = proposeFromMail(
    { sender: 'Préfecture de Rabat', sentOn: '2026-11-12', subject: 'TR : RE: Demande de salle' },
    'Bonjour,\nN/Réf : 12/CAB/2026\nné le 12/10/2026',
    received,
  )
  expect(proposals.sender?.value).toBe('Préfecture de Rabat')
  expect(proposals.date?.value).toBe('2026-11-12')
  expect(proposals.subject?.value).toBe('Demande de salle')
  expect(proposals.reference?.value).toBe('12/CAB/2026')
})

it('what was badly read is less sure', () => {
  const text = 'Objet : Demande de salle'
  expect(proposeFrom(text, received, 0.4).proposals.subject?.confidence).toBeLessThan(of(text).subject?.confidence ?? 0)
})

it('whatever the text is, what is proposed is sound', () => {
  const bits = fc.constantFrom(
    'Objet',
    ' : ',
    '\n',
    'N° ',
    '12/DRH/2026',
    'الموضوع',
    'عدد',
    'À Monsieur',
    'Réf',
    'le ',
    '٣',
    'Commune',
    '\t',
    '    ',
    '.',
    '/',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(bits, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 }), (some) => {
      for (const one of Object.values(of(some.join(''))).filter((found) => found !== undefined)) {
        expect(one.value.trim()).toBe(one.value)
        expect(one.value.length).toBeGreaterThan(0)
        expect(one.confidence).toBeGreaterThanOrEqual(0)
        expect(one.confidence).toBeLessThanOrEqual(1)
      }
    }),
  )
})

it('what could not be read of the head of an e-mail is not proposed: no register keeps such signs', () => {
  const { proposals } = proposeFromMail(
    { sender: 'Pr\ufffdfecture', subject: '\ufffd\ufffd[j' },
    'Réf : 12/AB',
    received,
  )
  expect(Object.keys(proposals)).toEqual(['reference'])
})
