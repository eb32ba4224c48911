//! From changed paths to what is linted and tested. No files and no processes here.
//!
//! Invariant: a path that is not understood touches nothing by itself and is named as such.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{ALWAYS, END_TO_END};

/// A package of the workspace.
pub struct Package {
    pub name: String,
    /// From the workspace's root.
    pub folder: PathBuf,
    /// Packages of the workspace that it builds on.
    pub builds_on: Vec<String>,
    /// Its integration tests.
    pub tests: Vec<String>,
    pub has_library: bool,
}

/// What a change touches.
#[derive(Default)]
pub struct Scope {
    /// Packages with a changed source.
    touched: BTreeSet<String>,
    /// These, and what builds on them or reads a changed document.
    pub affected: BTreeSet<String>,
    /// Integration tests that run.
    tests: BTreeSet<String>,
    /// Names of the touched folders and files.
    words: BTreeSet<String>,
    not_understood: Vec<String>,
    parts: BTreeSet<Part>,
}

/// What cargo's packages do not hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The fuzz targets' lock file.
    FuzzLock,
    /// The interface for other languages, as docs/API.txt lists it.
    Interface,
    Kotlin,
    Swift,
    /// The app for Android.
    Android,
    /// The app for iOS.
    Ios,
}

/// Files that concern every package.
const OF_ALL: [&str; 4] = [
    "Cargo.toml",
    "Cargo.lock",
    "clippy.toml",
    ".cargo/config.toml",
];
const BINDINGS: &str = "health-code-bindings";

impl Scope {
    /// `readers` gives the sources that read a document.
    pub fn new(
        changed: &[String],
        packages: &[Package],
        readers: &dyn Fn(&str) -> Vec<String>,
    ) -> Self {
        let mut scope = Self::default();
        for file in changed {
            if OF_ALL.contains(&file.as_str()) {
                scope
                    .touched
                    .extend(packages.iter().map(|package| package.name.clone()));
            } else if !scope.take_source(file, packages, true) {
                let readers = readers(file);
                if readers.is_empty() {
                    scope.not_understood.push(file.clone());
                }
                for reader in readers {
                    scope.take_source(&reader, packages, false);
                }
            }
        }
        scope.add_dependents(packages);
        scope.add_tests(packages);
        scope
    }

    /// A file of a package or of a language's folder; false for any other. With `changed` the package itself is touched,
    /// else a document that the file reads.
    fn take_source(&mut self, file: &str, packages: &[Package], changed: bool) -> bool {
        let path = Path::new(file);
        if file == "docs/API.txt" {
            self.parts.insert(Part::Interface);
            return true;
        }
        if path.starts_with("tests/fuzz") {
            self.parts.insert(Part::FuzzLock);
            return true;
        }
        if path.starts_with("tests/scenarios") {
            self.parts.extend([Part::Android, Part::Ios]);
            return true;
        }
        if path.starts_with("tests/vectors") || path.starts_with("tests/python") {
            self.tests.insert("python_verifier".to_owned());
            self.affected.insert(END_TO_END.to_owned());
            if path.starts_with("tests/vectors") {
                self.parts.extend([Part::Kotlin, Part::Swift]);
            }
            return true;
        }
        if path.starts_with("bindings/kotlin/src/android") {
            self.parts.insert(Part::Android);
        }
        for (folder, part) in [
            ("android-demo", Part::Android),
            ("bindings/kotlin", Part::Kotlin),
            ("bindings/swift", Part::Swift),
            ("ios-demo", Part::Ios),
        ] {
            if path.starts_with(folder) {
                self.parts.insert(part);
                return true;
            }
        }
        let owner = packages
            .iter()
            .filter(|package| path.starts_with(&package.folder))
            .max_by_key(|package| package.folder.components().count());
        let Some(owner) = owner else {
            return false;
        };
        let Ok(inside) = path.strip_prefix(&owner.folder) else {
            return false;
        };
        let is_document = path.extension().is_some_and(|end| end == "md");
        let test = inside
            .strip_prefix("tests")
            .ok()
            .and_then(|rest| rest.iter().next());
        let test = test.map(|name| name.to_string_lossy().trim_end_matches(".rs").to_owned());
        match test.filter(|test| owner.tests.contains(test)) {
            Some(test) => {
                self.tests.insert(test);
                self.affected.insert(owner.name.clone());
            }
            None if is_document => return false,
            None if changed => {
                self.touched.insert(owner.name.clone());
                if owner.name == BINDINGS {
                    self.parts.insert(Part::Interface);
                }
                let names = inside.with_extension("");
                self.words
                    .extend(names.iter().map(|name| name.to_string_lossy().into_owned()));
                self.words
                    .extend(owner.name.strip_prefix("health-code-").map(str::to_owned));
            }
            None => {
                self.affected.insert(owner.name.clone());
            }
        }
        true
    }

    fn add_dependents(&mut self, packages: &[Package]) {
        let mut reached = self.touched.clone();
        loop {
            let more: Vec<String> = packages
                .iter()
                .filter(|package| package.builds_on.iter().any(|name| reached.contains(name)))
                .map(|package| package.name.clone())
                .filter(|name| !reached.contains(name))
                .collect();
            if more.is_empty() {
                break;
            }
            reached.extend(more);
        }
        self.affected.extend(reached);
    }

    fn add_tests(&mut self, packages: &[Package]) {
        for package in packages
            .iter()
            .filter(|package| self.affected.contains(&package.name))
        {
            let all = self.touched.contains(&package.name);
            let builds_on_touched = package
                .builds_on
                .iter()
                .any(|name| self.affected.contains(name));
            for test in &package.tests {
                let chosen = package.name == END_TO_END
                    && builds_on_touched
                    && (ALWAYS.contains(&test.as_str()) || self.names(test));
                if all || chosen {
                    self.tests.insert(test.clone());
                }
            }
        }
    }

    /// Whether a test is named after something that was touched: `store_crash` after `store`, `hostile_codes` after `code`.
    fn names(&self, test: &str) -> bool {
        let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
        let words: BTreeSet<String> = self.words.iter().map(|word| singular(word)).collect();
        test.split('_').any(|part| words.contains(&singular(part)))
    }

    /// Whether that part is concerned.
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    /// Whether there is anything for `cargo test`.
    pub fn runs_tests(&self) -> bool {
        !self.affected.is_empty()
    }

    /// `--exclude` for every package that is not concerned.
    pub fn excluded(&self, packages: &[Package]) -> Vec<String> {
        packages
            .iter()
            .filter(|package| !self.affected.contains(&package.name))
            .flat_map(|package| ["--exclude".to_owned(), package.name.clone()])
            .collect()
    }

    /// What `cargo test` builds and runs: unit tests of all that is concerned, and the chosen integration tests.
    pub fn targets(&self, packages: &[Package]) -> Vec<String> {
        let mut targets = Vec::new();
        let concerned = || {
            packages
                .iter()
                .filter(|package| self.affected.contains(&package.name))
        };
        if concerned().any(|package| package.has_library) {
            targets.push("--lib".to_owned());
        }
        // A program without a library that only builds on what was touched is linted, that is enough.
        let touched = |package: &Package| self.touched.contains(&package.name);
        if concerned().any(|package| !package.has_library && touched(package)) {
            targets.push("--bins".to_owned());
        }
        for test in &self.tests {
            targets.extend(["--test".to_owned(), test.clone()]);
        }
        targets
    }

    /// What was found, for a person.
    pub fn describe(&self) -> Vec<String> {
        let list = |names: &BTreeSet<String>| {
            names
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut lines = Vec::new();
        if !self.touched.is_empty() {
            lines.push(format!("touched: {}", list(&self.touched)));
        }
        if !self.affected.is_empty() {
            lines.push(format!("linted, and unit tests: {}", list(&self.affected)));
        }
        if !self.tests.is_empty() {
            lines.push(format!("integration tests: {}", list(&self.tests)));
        }
        if !self.not_understood.is_empty() {
            lines.push(format!("no test reads: {}", self.not_understood.join(", ")));
        }
        lines
    }

    /// What does not run although the change might concern it.
    pub fn left_out(&self, packages: &[Package]) -> Vec<String> {
        let mut left_out = Vec::new();
        let tests: Vec<&str> = packages
            .iter()
            .filter(|package| self.affected.contains(&package.name))
            .flat_map(|package| &package.tests)
            .filter(|test| !self.tests.contains(*test))
            .map(String::as_str)
            .collect();
        if !tests.is_empty() {
            left_out.push(format!("integration tests: {}", tests.join(", ")));
        }
        if self.affected.contains(BINDINGS) {
            if !self.has(Part::Kotlin) {
                left_out.push("Kotlin (`cargo xtask test kotlin`)".to_owned());
            }
            if !self.has(Part::Swift) {
                left_out.push("Swift (`cargo xtask test swift`)".to_owned());
            }
            if !self.has(Part::Android) {
                left_out.push("the app for Android (`cargo xtask test android`)".to_owned());
            }
        }
        left_out.push("documentation and its examples, the demo, the fuzz targets".to_owned());
        left_out
    }
}

/// From what `cargo metadata --no-deps` prints.
pub fn packages(metadata: &[u8], root: &Path) -> Option<Vec<Package>> {
    let metadata: Value = serde_json::from_slice(metadata).ok()?;
    let found = metadata["packages"].as_array()?;
    let names: Vec<&str> = found
        .iter()
        .filter_map(|package| package["name"].as_str())
        .collect();
    found
        .iter()
        .map(|package| {
            let manifest = Path::new(package["manifest_path"].as_str()?);
            let targets = || package["targets"].as_array().into_iter().flatten();
            let is = |target: &Value, kind: &str| {
                target["kind"]
                    .as_array()
                    .is_some_and(|kinds| kinds.iter().any(|own| own == kind))
            };
            let dependencies = package["dependencies"].as_array()?;
            let name = package["name"].as_str()?;
            Some(Package {
                name: name.to_owned(),
                folder: manifest.parent()?.strip_prefix(root).ok()?.to_owned(),
                builds_on: dependencies
                    .iter()
                    .filter_map(|dependency| dependency["name"].as_str())
                    .filter(|other| names.contains(other) && *other != name)
                    .map(str::to_owned)
                    .collect(),
                tests: targets()
                    .filter(|target| is(target, "test"))
                    .filter_map(|target| target["name"].as_str())
                    .map(str::to_owned)
                    .collect(),
                has_library: targets().any(|target| is(target, "lib")),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
