import './ui/base.css'
import './start.css'
import { startChoices, type StartFailure } from '#shared/domain/startFailure.ts'
import { turnPage } from './core/i18n/language.ts'

// The program could not start: no worker answers, so this page has its words in its address and no other part of ours.
// Main wrote it.
const said = JSON.parse(decodeURIComponent(location.hash.slice(1))) as StartFailure

const element = <K extends keyof HTMLElementTagNameMap>(name: K, text: string, kind = ''): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name)
  made.textContent = text
  if (kind !== '') made.className = kind
  return made
}
const button = (label: string, choice: keyof typeof startChoices): HTMLButtonElement => {
  const made = element('button', label)
  made.type = 'button'
  made.dataset['testid'] = `start-${choice}`
  made.addEventListener('click', () => {
    location.href = new URL(startChoices[choice], location.href).href
  })
  return made
}

turnPage(said.language)
const reasons = element('ul', '')
reasons.append(...said.reasons.map((reason) => element('li', reason)))
const acts = element('div', '', 'acts')
const again = button(said.again, 'again')
acts.append(again, button(said.leave, 'leave'))
document
  .querySelector('#app')
  ?.append(
    element('h1', said.title),
    reasons,
    element('p', said.safe),
    element('p', said.next),
    acts,
    element('p', `Guichet ${said.version}`, 'version'),
  )
again.focus()
