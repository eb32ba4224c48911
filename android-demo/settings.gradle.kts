// For Android Studio and Gradle. NOT RUN where it was written (README.md): `cargo xtask android` makes the app there.

pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "health-code"
include(":app", ":library")
project(":library").projectDir = file("../bindings/kotlin")
