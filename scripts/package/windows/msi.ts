import { join, posix } from 'node:path'
import {
  installerProperties,
  provisionWords,
  setting,
  source,
  stableGuid,
  upgradeCode,
  type Content,
} from './content.ts'

/**
 * The source of the MSI, for `wixl`, which knows a part of WiX 3: an element that it does not know ends it, an
 * attribute that it does not know is left out.
 */
export function msiSource(content: Content): string {
  const { version } = content
  // Windows compares three numbers.
  const [numbers = version] = version.split('-')
  const takes = installerProperties.map(({ name, property }) => {
    const value = xml(`[SETTINGS] ${setting(name, `[${property}]`)}`)
    return `<CustomAction Id="Take.${property}" Property="SETTINGS" Value="${value}" Impersonate="yes"/>`
  })
  const taken = installerProperties.map(
    ({ property }, at) =>
      `<Custom Action="Take.${property}" Sequence="${String(1001 + at)}">NOT Installed AND ${property}</Custom>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="${stableGuid(`product ${version}`)}" UpgradeCode="${upgradeCode}" Name="Guichet" Language="1033"
    Version="${numbers}" Manufacturer="Guichet contributors">
    <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine" Comments="Guichet ${version}"/>
    <Media Id="1" Cabinet="guichet.cab" EmbedCab="yes"/>
    <MajorUpgrade DowngradeErrorMessage="A newer Guichet is installed: it stays as it is."/>
    <Icon Id="guichet.ico" SourceFile="${source.icon}"/>
    <Property Id="ARPPRODUCTICON" Value="guichet.ico"/>
    <!-- An update never interrupts a citizen: a file in use is exchanged at the next start, which is not ours. -->
    <Property Id="REBOOT" Value="ReallySuppress"/>
    <Property Id="MSIRESTARTMANAGERCONTROL" Value="Disable"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="INSTALLDIR" Name="Guichet">
${folderSource(content, '')}
        </Directory>
      </Directory>
      <Directory Id="ProgramMenuFolder">
        <Component Id="Menu" Guid="${stableGuid('menu')}" Win64="yes">
          <Shortcut Id="Menu" Name="Guichet" Target="[INSTALLDIR]guichet.exe" WorkingDirectory="INSTALLDIR"
            Icon="guichet.ico" Advertise="no"/>
          <RegistryValue Root="HKLM" Key="Software\\Guichet" Name="menu" Type="integer" Value="1" KeyPath="yes"/>
        </Component>
      </Directory>
    </Directory>
    <Feature Id="Guichet" Title="Guichet" Level="1">
      <ComponentRef Id="Menu"/>
${filesOf(content)
  .map((file) => `      <ComponentRef Id="${idOf('C', file)}"/>`)
  .join('\n')}
    </Feature>
    <!-- Not in SecureCustomProperties, and not for a repair, which any account may ask for: an administrator alone
      says what this machine believes. -->
    ${takes.join('\n    ')}
    <CustomAction Id="Provision" FileKey="${idOf('F', 'guichet.exe')}" ExeCommand="${provisionWords} [SETTINGS]"
      Execute="deferred" Impersonate="no" Return="check"/>
    <InstallExecuteSequence>
      ${taken.join('\n      ')}
      <!-- Within the transaction: a version that does not install leaves the one before where it was. -->
      <RemoveExistingProducts Sequence="1501"/>
      <Custom Action="Provision" Sequence="4501">NOT Installed</Custom>
    </InstallExecuteSequence>
  </Product>
</Wix>
`
}

const filesOf = ({ folders }: Content): readonly string[] =>
  folders.flatMap(({ path, files }) => files.map((name) => posix.join(path, name)))

/** A component for each file, as Windows wants it, in its folder. */
const folderSource = (content: Content, path: string): string => {
  const { folders } = content
  const files = folders.find((folder) => folder.path === path)?.files ?? []
  const below = folders.filter((folder) => folder.path !== '' && parentOf(folder.path) === path)
  return [
    ...files.map((name) => {
      const file = posix.join(path, name)
      const part = `Id="${idOf('C', file)}" Guid="${stableGuid(`file ${file}`)}" Win64="yes"`
      const named = `Id="${idOf('F', file)}" Name="${xml(name)}" Source="${xml(join(source.app, file))}" KeyPath="yes"`
      return `<Component ${part}><File ${named}/></Component>`
    }),
    ...below.flatMap((folder) => [
      `<Directory Id="${idOf('D', folder.path)}" Name="${xml(posix.basename(folder.path))}">`,
      folderSource(content, folder.path),
      '</Directory>',
    ]),
  ].join('\n')
}

const parentOf = (path: string): string => (path.includes('/') ? posix.dirname(path) : '')

/** Names in the tables of an MSI are letters and digits. */
const idOf = (letter: string, path: string): string => `${letter}${stableGuid(path).replaceAll('-', '')}`

/** A text within XML; a dollar begins a variable of `wixl`, two are one. */
const xml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('$', '$$$$')
