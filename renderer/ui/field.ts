import { inject, useId, type ComputedRef, type InjectionKey } from 'vue'

/** What a control exposes to the screen that sends the focus on. */
export interface Focusable {
  readonly focus: () => void
}
export interface Selectable extends Focusable {
  readonly select: () => void
}

export interface FieldLink {
  readonly id: string
  readonly describedBy: ComputedRef<string | undefined>
  readonly invalid: ComputedRef<boolean>
  readonly required: ComputedRef<boolean>
}
/** How a control inside a UiField learns its label, its hint and its error. */
export const fieldLink: InjectionKey<FieldLink> = Symbol('field')

/** The link of the surrounding field, or a lone id where a control stands by itself (then it needs an aria-label). */
export const useField = (): { id: string; link: FieldLink | undefined } => {
  const link = inject(fieldLink, undefined)
  const own = useId()
  return { id: link?.id ?? own, link }
}
