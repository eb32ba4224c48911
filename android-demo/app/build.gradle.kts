// The Android app, from the very same sources that `cargo xtask android` takes. NOT RUN where it was written: README.md.
// Versions are those of ../artifacts.txt; a test of xtask holds them together.

plugins {
    id("com.android.application") version "8.13.0"
    kotlin("android") version "2.4.21"
    kotlin("plugin.compose") version "2.4.21"
}

android {
    namespace = "org.healthcode.app"
    compileSdk = 36
    defaultConfig {
        applicationId = "org.healthcode.app"
        minSdk = 26
        targetSdk = 36
        versionCode = 1
        versionName = "0.1.0"
        ndk { abiFilters += listOf("arm64-v8a", "x86_64") }
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "rules.pro")
        }
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    sourceSets["main"].apply {
        manifest.srcFile("AndroidManifest.xml")
        res.setSrcDirs(listOf("res"))
        // url.txt, root-key.hex and ca.pem of an authority, in a folder `authority`.
        assets.setSrcDirs(listOf("assets"))
        java.setSrcDirs(listOf("src/main/kotlin", "../screens/src/main/kotlin"))
    }
    // The tests run with `cargo xtask test android`: they start a real authority, which Gradle knows nothing of.
    sourceSets["test"].java.setSrcDirs(emptyList<String>())
}

kotlin {
    jvmToolchain(17)
}

dependencies {
    implementation(project(":library"))
    implementation("androidx.activity:activity-compose:1.13.0")
    implementation("androidx.compose.foundation:foundation:1.12.1")
    implementation("androidx.compose.ui:ui:1.12.1")
    implementation("androidx.compose.material3:material3:1.4.0")
    implementation("androidx.core:core-ktx:1.18.0")
    implementation("androidx.lifecycle:lifecycle-runtime-compose:2.11.0")
    implementation("androidx.work:work-runtime:2.11.2")
    implementation("com.google.zxing:core:3.5.4")
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
}
