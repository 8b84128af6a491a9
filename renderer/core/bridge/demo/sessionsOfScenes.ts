import { demoId } from './ids.ts'
import type { Scene } from './sceneNames.ts'
import type { DemoState } from './shape.ts'

/** An administrator who came just now. */
export const administrator = (now: Date): DemoState['session'] => ({
  login: 'admin',
  name: 'Rachid Amrani',
  roles: ['administrator'],
  language: 'fr',
  since: now.toISOString(),
})

const mailOf = {
  mail: 'morning',
  mailEmpty: 'empty',
  mailFault: 'broken',
  mailDigital: 'digital',
  mailReader: 'morning',
  mailChief: 'morning',
} as const
const people = {
  mailReader: { login: 'agent', name: 'Salma Benjelloun', roles: ['agent'] },
  mailChief: { login: 'supervisor', name: 'Mounia Berrada', roles: ['supervisor'] },
} as const

/** Puts somebody before the mail office: its clerk, an agent who only reads there, or the chief. */
function setMailScene(state: DemoState, scene: keyof typeof mailOf, now: Date): void {
  const clerk = { login: 'clerk', name: 'Youssef El Idrissi', roles: ['mailClerk'] } as const
  const who = scene === 'mailReader' || scene === 'mailChief' ? people[scene] : clerk
  state.session = {
    ...who,
    roles: [...who.roles],
    language: 'fr',
    since: new Date(now.getTime() - 2.4 * 3_600_000).toISOString(),
  }
  state.app = { ...state.app, counter: demoId.mailCounter }
  state.mail = mailOf[scene]
}

const hallOf = {
  hall: 'morning',
  hallCalm: 'calm',
  hallAlarm: 'alarm',
  hallLeft: 'left',
  hallNotOpen: 'notOpen',
  hallClosed: 'closed',
  hallNone: 'none',
  hallStarting: 'starting',
  hallIsland: 'island',
  hallNoMajority: 'noMajority',
  hallAgent: 'morning',
  hallPaperOut: 'morning',
  hallAloud: 'morning',
} as const

/** Puts somebody before the hall: who runs it, or an agent who looks. */
function setHallScene(state: DemoState, scene: keyof typeof hallOf, now: Date): void {
  const agent = scene === 'hallAgent'
  state.session = {
    login: agent ? 'agent' : 'supervisor',
    name: agent ? 'Salma Benjelloun' : 'Mounia Berrada',
    roles: [agent ? 'agent' : 'supervisor'],
    language: 'fr',
    since: new Date(now.getTime() - 2.4 * 3_600_000).toISOString(),
  }
  state.hall = hallOf[scene]
  state.ticketPaper = scene === 'hallPaperOut' ? 'out' : scene === 'hallAloud' ? 'none' : 'ready'
}

type RoomScene = keyof typeof mailOf | keyof typeof hallOf
const isIn = <T extends object>(table: T, scene: string): scene is keyof T & string => Object.hasOwn(table, scene)
/** Whether a scene is one of the mail office or of the hall, and not of the counter. */
export const isRoomScene = (scene: Scene): scene is RoomScene => isIn(mailOf, scene) || isIn(hallOf, scene)
export function setRoomScene(state: DemoState, scene: RoomScene, now: Date): void {
  if (isIn(mailOf, scene)) setMailScene(state, scene, now)
  else setHallScene(state, scene, now)
}
