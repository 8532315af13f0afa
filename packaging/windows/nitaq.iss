; Inno Setup 6: iscc /DVersion=0.1.0 packaging\windows\nitaq.iss, after python dev.py build. Installs for one user, without administrator rights;
; for everybody with /ALLUSERS, unattended with /VERYSILENT. nitaq.exe has the window; nitaq-cli.exe is the same for consoles and scripts.
[Setup]
AppId={{6F1B0B7C-3C0E-4A53-9E39-6C0B6B1D5E52}
AppName=Nitaq
AppVersion={#Version}
AppPublisher=The Nitaq authors
VersionInfoVersion={#Version}.0
DefaultDirName={autopf}\Nitaq
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\nitaq.ico
UninstallDisplayIcon={app}\nitaq.exe
UninstallDisplayName=Nitaq
OutputDir=..\..\dist
OutputBaseFilename=nitaq-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=auto
ChangesAssociations=yes
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ar"; MessagesFile: "compiler:Languages\Arabic.isl"

[CustomMessages]
en.Open=Open Nitaq
ar.Open=افتح «نطاق»
en.Message=Mail message
ar.Message=رسالة بريد
en.Mailbox=Mailbox
ar.Mailbox=صندوق بريد

[InstallDelete]
; What an earlier version brought and this one does not.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licences"

[Files]
Source: "..\..\dist\nitaq\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Nitaq"; Filename: "{app}\nitaq.exe"; AppUserModelID: "io.github.nitaq.Nitaq"

[Registry]
; Offered under "Open with" and never made the default: that is the user's to choose.
Root: HKA; Subkey: "Software\Classes\io.github.nitaq.eml"; ValueType: string; ValueData: "{cm:Message}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\io.github.nitaq.eml\shell\open\command"; ValueType: string; ValueData: """{app}\nitaq.exe"" open ""%1"""
Root: HKA; Subkey: "Software\Classes\io.github.nitaq.mbox"; ValueType: string; ValueData: "{cm:Mailbox}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\io.github.nitaq.mbox\shell\open\command"; ValueType: string; ValueData: """{app}\nitaq.exe"" open ""%1"""
Root: HKA; Subkey: "Software\Classes\.eml\OpenWithProgids"; ValueType: string; ValueName: "io.github.nitaq.eml"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.mbox\OpenWithProgids"; ValueType: string; ValueName: "io.github.nitaq.mbox"; ValueData: ""; Flags: uninsdeletevalue

[Run]
Filename: "{app}\nitaq.exe"; Description: "{cm:Open}"; Flags: nowait postinstall skipifsilent
