#!/bin/sh
# Makes HealthCodeFFI.xcframework for iOS apps: the Rust library for phones, simulators and this Mac (for tests), its C header and
# module map.
# Not run where it was written: there is no Apple SDK there. Everything else of the package is tested on Linux.
set -eu

usage() {
    cat <<'TEXT'
usage: bindings/swift/build-xcframework.sh [--help] [--without-https]

On macOS with Xcode and Rust: builds bindings/swift/HealthCodeFFI.xcframework; Package.swift takes it from there.
Needs: xcodebuild and lipo (Xcode), cargo, and the Rust targets
aarch64-apple-ios, aarch64-apple-ios-sim and x86_64-apple-ios (rustup target add ...).
--without-https leaves the core's own HTTPS out; HTTPS is then URLSession's (docs/SWIFT.md).
TEXT
}

features=""
case "${1-}" in
-h | --help)
    usage
    exit 0
    ;;
--without-https) features="--no-default-features" ;;
"") ;;
*)
    usage >&2
    exit 2
    ;;
esac

root=$(cd "$(dirname "$0")/../.." && pwd)
targets="aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios"
missing=""
[ "$(uname -s)" = Darwin ] || missing="$missing macOS"
for program in xcodebuild lipo cargo; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
if command -v rustup >/dev/null; then
    installed=$(cd "$root" && rustup target list --installed)
    for target in $targets; do
        printf '%s\n' "$installed" | grep -qx "$target" || missing="$missing rust-target:$target"
    done
fi
if [ -n "$missing" ]; then
    echo "missing:$missing" >&2
    exit 1
fi

cd "$root"
# As in Package.swift: else the linker warns of objects for newer systems.
export IPHONEOS_DEPLOYMENT_TARGET=17.0 MACOSX_DEPLOYMENT_TARGET=14.0
cargo xtask bindings
# shellcheck disable=SC2086 # none or one word
cargo rustc --package health-code-bindings $features --lib --crate-type staticlib --profile phone
for target in $targets; do
    # shellcheck disable=SC2086 # none or one word
    cargo rustc --package health-code-bindings $features --lib --crate-type staticlib --profile phone --target "$target"
done

built=$root/target
out=$built/xcframework
framework=bindings/swift/HealthCodeFFI.xcframework
rm -rf "$out" "$framework"
mkdir -p "$out/headers" "$out/simulator"
cp bindings/swift/Sources/HealthCodeFFI/HealthCodeFFI.h "$out/headers/"
# Xcode looks for this name, and the library is linked by the framework itself.
printf 'module HealthCodeFFI {\n    header "HealthCodeFFI.h"\n    export *\n}\n' >"$out/headers/module.modulemap"
lipo -create -output "$out/simulator/libhealth_code.a" \
    "$built/aarch64-apple-ios-sim/phone/libhealth_code.a" "$built/x86_64-apple-ios/phone/libhealth_code.a"
xcodebuild -create-xcframework \
    -library "$built/aarch64-apple-ios/phone/libhealth_code.a" -headers "$out/headers" \
    -library "$out/simulator/libhealth_code.a" -headers "$out/headers" \
    -library "$built/phone/libhealth_code.a" -headers "$out/headers" \
    -output "$framework"
echo "made $framework"
