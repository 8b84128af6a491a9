import type { HallView } from '#shared/contract/features/hall/views.ts'
import type { Localised } from '#shared/domain/text.ts'

interface DemoService {
  readonly letter: string
  readonly name: Localised
  readonly threshold: number
  /** The last number that was called, and how many minutes ago those who wait took theirs. */
  readonly called: number
  readonly waits: readonly number[]
  readonly opensAt?: string
  readonly procedure?: string
}
/** The services of the hall. */
export const demoFloor: readonly DemoService[] = [
  {
    letter: 'A',
    name: { fr: 'État civil', ar: 'الحالة المدنية', en: 'Civil registry' },
    threshold: 20,
    called: 41,
    waits: [14, 12, 10, 7, 5, 3, 1],
    procedure: 'ETC-004',
  },
  {
    letter: 'B',
    name: { fr: 'Urbanisme', ar: 'التعمير', en: 'Town planning' },
    threshold: 25,
    called: 47,
    waits: [11, 6, 4, 2],
    procedure: 'URB-001',
  },
  {
    letter: 'C',
    name: { fr: 'Légalisation', ar: 'تصحيح الإمضاءات', en: 'Legalisation' },
    threshold: 20,
    called: 22,
    waits: [27, 24, 21, 17, 14, 11, 8, 5, 2],
  },
  {
    letter: 'D',
    name: { fr: 'Taxes locales', ar: 'الرسوم المحلية', en: 'Local taxes' },
    threshold: 20,
    called: 9,
    waits: [5, 4, 1],
  },
  {
    letter: 'E',
    name: { fr: 'Activités économiques', ar: 'الأنشطة الاقتصادية', en: 'Businesses' },
    threshold: 25,
    called: 4,
    waits: [],
  },
  {
    letter: 'F',
    name: { fr: 'Résidence', ar: 'السكنى', en: 'Residence' },
    threshold: 25,
    called: 0,
    waits: [],
    opensAt: '14:00',
  },
]

export const demoTicketName = (letter: string, n: number): string => `${letter}${String(n).padStart(3, '0')}`

/** Counter, who works there, what is called there, the ticket, the state, since how many seconds. */
type Row = readonly [string, string, string, HallView['counters'][number]['state'], number, string?]
export const demoRows: readonly Row[] = [
  ['1', 'Salma El Amrani', 'B', 'serving', 252, 'B047'],
  ['2', 'Salma Benjelloun', 'A', 'serving', 700, 'A039'],
  ['3', 'Khadija Alaoui', 'C', 'called', 38, 'C022'],
  ['4', 'Hamid Bennis', 'A', 'serving', 125, 'A040'],
  ['5', 'Nadia Ouazzani', 'AB', 'away', 450],
  ['6', 'Mehdi Lahlou', 'D', 'serving', 200, 'D009'],
  ['7', 'Imane Cherkaoui', 'C', 'called', 246, 'C018'],
  ['8', 'Rachid Fassi', 'AE', 'free', 20],
  ['9', '', '', 'closed', 0],
  ['10', 'Soukaina Idrissi', 'E', 'serving', 411, 'E004'],
  ['11', '', '', 'closed', 0],
  ['12', '', '', 'closed', 0],
]
