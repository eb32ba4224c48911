#!/bin/sh
# Builds, tests and archives the app on a Mac with Xcode 16 or newer. It was never run where the rest is tested: there is no Mac.
#
#   ios-demo/checks/mac.sh
#
# Before: bindings/swift/build-xcframework.sh.
set -eu
if [ "$(uname)" != Darwin ]; then
    echo "mac.sh was not run: this is no Mac" >&2
    exit 3
fi
cd "$(dirname "$0")/.."
if [ ! -d ../bindings/swift/HealthCodeFFI.xcframework ]; then
    echo "run bindings/swift/build-xcframework.sh first: it makes the library for phones, simulators and this Mac" >&2
    exit 1
fi
out=../target/ios
mkdir -p "$out"
# The models, by their own tests, against an authority on this Mac.
(cd .. && cargo build --package health-code-authority)
swift test
# The app as it is; then as it is sent to the App Store, unsigned.
xcodebuild build -project Xcode/HealthCode.xcodeproj -scheme HealthCode -destination "generic/platform=iOS Simulator" \
    -derivedDataPath "$out/derived"
xcodebuild archive -project Xcode/HealthCode.xcodeproj -scheme HealthCode -destination "generic/platform=iOS" \
    -archivePath "$out/HealthCode.xcarchive" CODE_SIGNING_ALLOWED=NO
# The privacy manifest as Apple's own tool reads it.
plutil -lint HealthCode/Info.plist HealthCodeWidget/Info.plist HealthCode/Resources/PrivacyInfo.xcprivacy
