// Health Code as an Android library, from the very same sources as the Maven module beside it.
//
// NOT RUN where it was written: there is no Android SDK there. `cargo xtask android` compiles the same sources without Gradle
// and has libhealth_code.so under target/android/lib; by hand it comes from
// `cargo ndk -t arm64-v8a -t x86_64 -o src/android/jniLibs build --profile phone -p health-code-bindings`
// (NDK r29 or later for the linker's options in bindings/build.rs; `--remap-path-prefix` and `sha2_backend_soft="compact"` in
// RUSTFLAGS, as `cargo xtask bench size` sets them, take off another 40 KB)
// (with `--no-default-features` HTTPS is the platform's, see docs/KOTLIN.md)
// and the generated Kotlin from `cargo xtask bindings`.

plugins {
    id("com.android.library") version "8.13.0"
    kotlin("android") version "2.4.21"
}

android {
    namespace = "org.healthcode"
    compileSdk = 36
    defaultConfig {
        minSdk = 26
        consumerProguardFiles("src/android/consumer-rules.pro")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    sourceSets["main"].apply {
        manifest.srcFile("src/android/AndroidManifest.xml")
        java.setSrcDirs(listOf("src/main/kotlin", "src/android/kotlin", "../../target/bindings/kotlin"))
        jniLibs.setSrcDirs(listOf("src/android/jniLibs"))
    }
}

// The Maven module compiles our sources with the strict API mode; here the generated ones, which do not keep to it, are
// compiled along with them.
kotlin {
    jvmToolchain(17)
}

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.11.0")
    implementation("net.java.dev.jna:jna:5.19.1@aar")
    implementation("androidx.work:work-runtime:2.11.2")
}
