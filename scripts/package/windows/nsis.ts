import { join, posix } from 'node:path'
import { installerProperties, provisionWords, setting, source, upgradeCode, type Content } from './content.ts'

/** NSIS keeps 1,023 characters of a text and drops the rest unsaid; what is made of a line is longer than the line. */
const longestLine = 700

/** The source of the NSIS installer. It takes away by name what it brought: the folder may have been chosen. */
export function nsisSource({ folders, version }: Content, output: string): string {
  const entry = String.raw`Software\Microsoft\Windows\CurrentVersion\Uninstall\{${upgradeCode}}`
  const inside = (path: string): string => `$INSTDIR${path === '' ? '' : `\\${text(path).replaceAll('/', '\\')}`}`
  const lines = (made: readonly string[]): string => made.join('\n  ')
  return `Unicode true
SetCompressor /SOLID lzma
!include FileFunc.nsh
!include LogicLib.nsh
!include x64.nsh
Name "Guichet"
OutFile "${output}"
Icon "${source.icon}"
RequestExecutionLevel admin
InstallDir "$PROGRAMFILES64\\Guichet"
Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles
${Object.entries(languages)
  .map(([name]) => `LoadLanguageFile "\${NSISDIR}/Contrib/Language files/${name}.nlf"`)
  .join('\n')}
${Object.entries(languages)
  .flatMap(([name, words]) =>
    Object.entries(words).map(([key, said]) => `LangString ${key} \${LANG_${name.toUpperCase()}} "${said}"`),
  )
  .join('\n')}
Var settings

!macro stop WORDS CODE
  MessageBox MB_ICONSTOP \`\${WORDS}\` /SD IDOK
  SetErrorLevel \${CODE}
  Quit
!macroend

; The blank is what ends a value: an address has slashes of its own.
!macro take PROPERTY WORDS
  \${GetOptions} " $R0" " /\${PROPERTY}=" $R1
  \${IfNot} \${Errors}
    StrCpy $settings \`$settings \${WORDS}\`
  \${EndIf}
!macroend

!macro machine
  SetRegView 64
  SetShellVarContext all
!macroend

!macro notOpen
  \${If} \${FileExists} "$INSTDIR\\guichet.exe"
    ClearErrors
    FileOpen $R1 "$INSTDIR\\guichet.exe" a
    \${If} \${Errors}
      !insertmacro stop "$(open)" 3
    \${EndIf}
    FileClose $R1
  \${EndIf}
!macroend

Function .onInit
  !insertmacro machine
  \${IfNot} \${RunningX64}
    !insertmacro stop "$(bits)" 2
  \${EndIf}
  StrLen $R1 $CMDLINE
  \${If} $R1 > ${String(longestLine)}
    !insertmacro stop "$(long)" 2
  \${EndIf}
FunctionEnd

Section
  !insertmacro notOpen
  \${GetParameters} $R0
  ${lines(installerProperties.map(({ name, property }) => `!insertmacro take ${property} \`${setting(name, '$R1')}\``))}
  \${If} \${FileExists} "$INSTDIR\\uninstall.exe"
    ExecWait '"$INSTDIR\\uninstall.exe" /S _?=$INSTDIR'
  \${EndIf}
  ${lines(
    folders.flatMap(({ path, files }) => [
      `SetOutPath "${inside(path)}"`,
      ...files.map((name) => `File "${join(source.app, path, name)}"`),
    ]),
  )}
  WriteUninstaller "$INSTDIR\\uninstall.exe"
  SetOutPath "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\\Guichet.lnk" "$INSTDIR\\guichet.exe"
  WriteRegStr HKLM "${entry}" DisplayName "Guichet"
  WriteRegStr HKLM "${entry}" DisplayVersion "${version}"
  WriteRegStr HKLM "${entry}" Publisher "Guichet contributors"
  WriteRegStr HKLM "${entry}" UninstallString '"$INSTDIR\\uninstall.exe"'
  WriteRegStr HKLM "${entry}" QuietUninstallString '"$INSTDIR\\uninstall.exe" /S'
  nsExec::ExecToStack \`"$INSTDIR\\guichet.exe" ${provisionWords}$settings\`
  Pop $R0
  Pop $R1
  \${If} $R0 != 0
    !insertmacro stop "$(settingsWrong)$\\r$\\n$R1" 2
  \${EndIf}
SectionEnd

Function un.onInit
  !insertmacro machine
FunctionEnd

Section Uninstall
  !insertmacro notOpen
  ${lines(folders.flatMap(({ path, files }) => files.map((name) => `Delete "${inside(posix.join(path, name))}"`)))}
  Delete "$INSTDIR\\uninstall.exe"
  ${lines([...folders].reverse().map(({ path }) => `RMDir "${inside(path)}"`))}
  Delete "$SMPROGRAMS\\Guichet.lnk"
  DeleteRegKey HKLM "${entry}"
SectionEnd
`
}

/** A name of a file where it is removed: a dollar begins a variable there, and none where it is taken in. */
const text = (name: string): string => name.replaceAll('$', '$$$$')

/** NSIS has its own words in these; what it does not say itself: what happened, what is safe, what to do. */
const languages = {
  French: {
    open: 'Guichet est ouvert : rien n’a été changé. Fermez-le, puis recommencez.',
    bits: 'Guichet demande un Windows de 64 bits : rien n’a été installé.',
    long: 'La ligne de commande est trop longue : rien n’a été installé. Prenez le MSI, ou un fichier (guichet provision).',
    settingsWrong:
      'Guichet est installé, ses réglages n’ont pas été écrits ; ceux d’avant sont intacts. Corrigez, puis recommencez :',
  },
  Arabic: {
    open: 'تطبيق Guichet مفتوح: لم يتغير شيء. المرجو إغلاقه ثم إعادة المحاولة.',
    bits: 'يتطلب Guichet نظام Windows بـ 64 بت: لم يثبت شيء.',
    long: 'سطر الأوامر طويل جدا: لم يثبت شيء. المرجو استعمال ملف MSI أو ملف (guichet provision).',
    settingsWrong: 'تم تثبيت Guichet ولم تكتب إعداداته؛ الإعدادات السابقة على حالها. المرجو التصحيح ثم إعادة المحاولة:',
  },
  English: {
    open: 'Guichet is open: nothing was changed. Close it, then try again.',
    bits: 'Guichet needs Windows of 64 bits: nothing was installed.',
    long: 'The command line is too long: nothing was installed. Take the MSI, or a file (guichet provision).',
    settingsWrong:
      'Guichet is installed, its settings were not written; those before are untouched. Correct, then try again:',
  },
} as const
