/** The part of `sax` that is used here: a strict XML parser that tells lines. It ships no types. */
declare module 'sax' {
  export interface Tag {
    readonly name: string
    readonly local: string
    readonly uri: string
    readonly attributes: Readonly<
      Record<string, { readonly value: string; readonly uri: string; readonly local: string }>
    >
  }
  export interface SaxParser {
    /** From 0. */
    readonly line: number
    error: Error | null
    onerror: (error: Error) => void
    onopentag: (tag: Tag) => void
    onclosetag: (name: string) => void
    ontext: (text: string) => void
    oncdata: (text: string) => void
    ondoctype: (text: string) => void
    write: (xml: string) => SaxParser
    close: () => SaxParser
  }
  const sax: {
    readonly parser: (
      strict: true,
      options: { readonly xmlns: true; readonly position: true; readonly strictEntities: true },
    ) => SaxParser
  }
  export default sax
}
