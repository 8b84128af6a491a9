import { demoId } from './ids.ts'
import type { DemoState } from './shape.ts'

/** An administrator who came just now. */
export const administrator = (now: Date): DemoState['session'] => ({
  login: 'admin',
  name: 'Rachid Amrani',
  roles: ['administrator'],
  language: 'fr',
  since: now.toISOString(),
})

/** Puts somebody before the mail office: its clerk, or an agent who only reads there. */
export function setMailScene(
  state: DemoState,
  scene: 'mail' | 'mailEmpty' | 'mailFault' | 'mailReader',
  now: Date,
): void {
  const reader = scene === 'mailReader'
  state.session = {
    login: reader ? 'agent' : 'clerk',
    name: reader ? 'Salma Benjelloun' : 'Youssef El Idrissi',
    roles: [reader ? 'agent' : 'mailClerk'],
    language: 'fr',
    since: new Date(now.getTime() - 2.4 * 3_600_000).toISOString(),
  }
  state.app = { ...state.app, counter: demoId.mailCounter }
  state.mail = scene === 'mailFault' ? 'broken' : scene === 'mailEmpty' ? 'empty' : 'morning'
}
