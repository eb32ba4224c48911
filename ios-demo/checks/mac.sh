#!/bin/sh
# Builds, tests and archives the app on a Mac with Xcode 16 or newer. It was never run where the rest is tested: there is no Mac.
#
#   ios-demo/checks/mac.sh [SIMULATOR]      such as "iPhone 16"
#
# Before: cargo xtask bindings; bindings/swift/build-xcframework.sh; and in bindings/swift/Package.swift the binary target that the
# script names in the place of .systemLibrary.
set -eu
if [ "$(uname)" != Darwin ]; then
    echo "mac.sh was not run: this is no Mac" >&2
    exit 3
fi
cd "$(dirname "$0")/.."
simulator=${1:-iPhone 16}
out=../target/ios
mkdir -p "$out"
# The models, by their own tests, against an authority on this Mac.
swift test
# The app as it is; then as it is sent to the App Store, unsigned.
xcodebuild build -project Xcode/HealthCode.xcodeproj -scheme HealthCode -destination "platform=iOS Simulator,name=$simulator" \
    -derivedDataPath "$out/derived"
xcodebuild archive -project Xcode/HealthCode.xcodeproj -scheme HealthCode -destination "generic/platform=iOS" \
    -archivePath "$out/HealthCode.xcarchive" CODE_SIGNING_ALLOWED=NO
# The privacy manifest as Apple's own tool reads it.
plutil -lint HealthCode/Info.plist HealthCodeWidget/Info.plist HealthCode/Resources/PrivacyInfo.xcprivacy
