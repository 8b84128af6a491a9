/** The part of `sax` that is used here: a strict XML parser that tells lines. It ships no types. */
declare module 'sax' {
  namespace sax {
    interface Tag {
      readonly name: string
      readonly local: string
      readonly uri: string
      readonly attributes: Readonly<Record<string, { readonly value: string }>>
    }
    interface SaxParser {
      /** From 0. */
      readonly line: number
      onerror: (error: Error) => void
      onopentag: (tag: Tag) => void
      onclosetag: (name: string) => void
      ontext: (text: string) => void
      oncdata: (text: string) => void
      ondoctype: (text: string) => void
      write: (xml: string) => SaxParser
      close: () => SaxParser
    }
    function parser(
      strict: true,
      options: { readonly xmlns: true; readonly position: true; readonly strictEntities: true },
    ): SaxParser
  }
  export = sax
}
