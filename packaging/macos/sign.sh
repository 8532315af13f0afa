#!/usr/bin/env bash
# Seal Nitaq.app and put it into a disk image: bash packaging/macos/sign.sh, after python3 dev.py build.
# With SIGNING_IDENTITY ("Developer ID Application: …" in the keychain) it is signed for others; with NOTARY_PROFILE (made by
# `xcrun notarytool store-credentials`) Apple's check is asked for as well. Without them the seal is ad hoc and macOS warns.
set -euo pipefail
cd "$(dirname "$0")/../.."

app=dist/Nitaq.app
version=$(/usr/libexec/PlistBuddy -c "Print CFBundleShortVersionString" "$app/Contents/Info.plist")
image="dist/Nitaq-$version.dmg"
identity=${SIGNING_IDENTITY:--}
stamp=(--timestamp=none)
[ "$identity" = - ] || stamp=(--timestamp)

# From the inside out: every library first, the whole last.
find "$app/Contents" -type f \( -name "*.dylib" -o -name "*.so" \) -print0 |
  xargs -0 codesign --force --options runtime "${stamp[@]}" --sign "$identity"
codesign --force --options runtime "${stamp[@]}" --entitlements packaging/macos/entitlements.plist --sign "$identity" "$app"
codesign --verify --deep --strict "$app"

rm -f "$image"
hdiutil create -quiet -volname Nitaq -srcfolder "$app" -format UDZO "$image"
if [ -n "${NOTARY_PROFILE:-}" ]; then
  codesign --force "${stamp[@]}" --sign "$identity" "$image"
  xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi
echo "$image"
