; Inno Setup 6: iscc /DVersion=0.1.0 packaging\windows\nitaq.iss, after python dev.py build. Installs for one user, without administrator rights.
[Setup]
AppId=io.github.nitaq.Nitaq
AppName=Nitaq
AppVersion={#Version}
AppPublisher=The Nitaq authors
DefaultDirName={autopf}\Nitaq
PrivilegesRequired=lowest
ArchitecturesInstallIn64BitMode=x64compatible
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\nitaq.ico
UninstallDisplayIcon={app}\nitaq.exe
OutputDir=..\..\dist
OutputBaseFilename=nitaq-{#Version}-setup
ChangesAssociations=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ar"; MessagesFile: "compiler:Languages\Arabic.isl"

[Files]
Source: "..\..\dist\nitaq\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Nitaq"; Filename: "{app}\nitaq.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\Applications\nitaq.exe\shell\open\command"; ValueType: string; ValueData: """{app}\nitaq.exe"" open ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\nitaq.exe\SupportedTypes"; ValueType: string; ValueName: ".eml"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\nitaq.exe\SupportedTypes"; ValueType: string; ValueName: ".mbox"; ValueData: ""
