//! What the app is made of and made with: android-demo/artifacts.txt, fetched by Maven from its central repository.
//!
//! Invariant: an artifact is named with its version or it is not there; nothing is resolved but for the programs that are
//! started (`closure`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{files, folder, stamp};
use crate::step;

/// One line of the list.
struct Artifact {
    kind: String,
    /// The program that a closure is for; empty for others.
    program: String,
    group: String,
    name: String,
    version: String,
}

impl Artifact {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let kind = words.next()?.to_owned();
        let program = if kind == "closure" { words.next()? } else { "" }.to_owned();
        let mut parts = words.next()?.split(':').map(str::to_owned);
        let artifact = Self {
            kind,
            program,
            group: parts.next()?,
            name: parts.next()?,
            version: parts.next()?,
        };
        let known = [
            "aar", "jar", "test-aar", "test-jar", "sandbox", "tool", "closure",
        ];
        let whole = parts.next().is_none() && words.next().is_none();
        (whole && known.contains(&artifact.kind.as_str())).then_some(artifact)
    }

    fn is_archive(&self) -> bool {
        self.kind.ends_with("aar")
    }

    fn named(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    fn file(&self) -> PathBuf {
        let extension = if self.is_archive() { "aar" } else { "jar" };
        let folder = folder().join("artifacts").join(&self.kind);
        folder.join(format!("{}.{extension}", self.named()))
    }

    /// Where an archive was unpacked.
    fn unpacked(&self) -> PathBuf {
        folder()
            .join("unpacked")
            .join(&self.kind)
            .join(self.named())
    }
}

/// All of them, on this machine.
pub struct Artifacts(Vec<Artifact>);

impl Artifacts {
    /// Fetches what is not there yet and unpacks the archives.
    pub fn fetch() -> Result<Self, String> {
        let list = step::root().join("android-demo/artifacts.txt");
        let text = std::fs::read_to_string(&list)
            .map_err(|error| format!("{}: {error}", list.display()))?;
        let artifacts = Self(read(&text)?);
        if artifacts
            .0
            .iter()
            .any(|artifact| artifact.kind != "closure" && !artifact.file().exists())
        {
            artifacts.copy()?;
        }
        for artifact in artifacts.0.iter().filter(|artifact| artifact.is_archive()) {
            unpack(artifact)?;
        }
        Ok(artifacts)
    }

    fn copy(&self) -> Result<(), String> {
        let mut items = String::new();
        for artifact in self.0.iter().filter(|artifact| artifact.kind != "closure") {
            let _ = write!(
                items,
                "<artifactItem><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version><type>{}</type>\
                 <outputDirectory>{}</outputDirectory></artifactItem>",
                artifact.group,
                artifact.name,
                artifact.version,
                if artifact.is_archive() { "aar" } else { "jar" },
                artifact.file().parent().unwrap_or(Path::new("")).display(),
            );
        }
        let project = project(
            "files",
            &format!(
                "<build><plugins><plugin>{PLUGIN}<configuration><artifactItems>{items}</artifactItems></configuration></plugin></plugins></build>"
            ),
        )?;
        let fetched = step::run(
            "Fetching what android-demo/artifacts.txt names (Maven)",
            maven(&project).arg("dependency:copy"),
        );
        if fetched {
            Ok(())
        } else {
            Err("not all artifacts could be fetched; see above".to_owned())
        }
    }

    /// The class path of a program that is started.
    pub fn closure(&self, program: &str) -> Result<String, String> {
        let of_program = |artifact: &&Artifact| artifact.program == program;
        let artifact = self
            .0
            .iter()
            .find(of_program)
            .ok_or(format!("artifacts.txt names no {program}"))?;
        let listed = folder()
            .join("artifacts")
            .join(format!("{program}-{}.classpath", artifact.version));
        let is_whole = |list: &String| list.split(':').all(|jar| Path::new(jar).exists());
        if let Some(list) = std::fs::read_to_string(&listed).ok().filter(is_whole) {
            return Ok(list);
        }
        let project = project(
            program,
            &format!(
                "<dependencies><dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency></dependencies>\
                 <build><plugins><plugin>{PLUGIN}</plugin></plugins></build>",
                artifact.group, artifact.name, artifact.version
            ),
        )?;
        let resolved = step::run(
            &format!("Fetching {program} (Maven)"),
            maven(&project)
                .arg("dependency:build-classpath")
                .arg(format!("-Dmdep.outputFile={}", listed.display())),
        );
        if !resolved {
            return Err(format!("{program} could not be fetched; see above"));
        }
        files::read(&listed)
    }

    /// A single file, by the start of its name.
    pub fn tool(&self, start: &str) -> Result<PathBuf, String> {
        let tools = self.0.iter().filter(|artifact| artifact.kind == "tool");
        let mut named = tools.filter(|artifact| artifact.named().starts_with(start));
        let found = named.next().map(Artifact::file);
        found.ok_or(format!("artifacts.txt names no tool {start}"))
    }

    /// The folder that Robolectric takes its Android from.
    pub fn sandbox() -> PathBuf {
        folder().join("artifacts/sandbox")
    }

    /// The jars of these kinds, those inside the archives included, in the order of the list.
    pub fn jars(&self, kinds: &[&str]) -> Vec<PathBuf> {
        let mut jars = Vec::new();
        for artifact in self.of(kinds) {
            if artifact.is_archive() {
                jars.push(artifact.unpacked().join("classes.jar"));
                jars.extend(files::with_extension(
                    &artifact.unpacked().join("libs"),
                    "jar",
                ));
            } else {
                jars.push(artifact.file());
            }
        }
        jars
    }

    /// The folders of the app's archives: manifests, resources, rules, libraries.
    pub fn archives(&self) -> Vec<PathBuf> {
        self.of(&["aar"]).map(Artifact::unpacked).collect()
    }

    fn of(&self, kinds: &[&str]) -> impl Iterator<Item = &Artifact> {
        self.0
            .iter()
            .filter(move |artifact| kinds.contains(&artifact.kind.as_str()))
    }
}

fn read(list: &str) -> Result<Vec<Artifact>, String> {
    let lines = list.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            Artifact::read(line).ok_or(format!(
                "android-demo/artifacts.txt: {line:?}: KIND GROUP:ARTIFACT:VERSION"
            ))
        })
        .collect()
}

fn unpack(artifact: &Artifact) -> Result<(), String> {
    let into = artifact.unpacked();
    stamp::unless_done(&into.join(".unpacked"), &[], &artifact.named(), || {
        files::make(&into)?;
        step::quietly(
            Command::new("unzip")
                .args(["-q", "-o"])
                .arg(artifact.file())
                .arg("-d")
                .arg(&into),
        )
    })
}

const PLUGIN: &str = "<groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>3.8.1</version>";

/// A project for Maven that does nothing else than fetch.
fn project(name: &str, content: &str) -> Result<PathBuf, String> {
    let folder = folder().join("artifacts");
    files::make(&folder)?;
    let file = folder.join(format!("{name}.pom.xml"));
    files::write(
        &file,
        &format!(
            "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion><groupId>org.healthcode</groupId>\
             <artifactId>fetch-{name}</artifactId><version>1</version><packaging>pom</packaging>{content}</project>\n"
        ),
    )?;
    Ok(file)
}

fn maven(project: &Path) -> Command {
    let mut maven = Command::new("mvn");
    maven
        .args([
            "--batch-mode",
            "--quiet",
            "--no-transfer-progress",
            "--file",
        ])
        .arg(project);
    maven
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_kinds_and_coordinates_and_refuses_what_it_does_not_know() {
        let list = read("# why\n\naar g:a:1.0\nclosure program g:b:2\n").expect("well formed");
        assert_eq!(list.len(), 2);
        assert_eq!(
            (list[0].kind.as_str(), list[0].named().as_str()),
            ("aar", "a-1.0")
        );
        assert_eq!(
            (list[1].program.as_str(), list[1].version.as_str()),
            ("program", "2")
        );
        for bad in [
            "aar g:a",
            "aar g:a:1:x",
            "aar g:a:1 more",
            "war g:a:1",
            "closure g:a:1",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_list_can_be_read_and_names_nothing_twice() {
        let list = crate::step::root().join("android-demo/artifacts.txt");
        let list = read(&std::fs::read_to_string(list).expect("there")).expect("well formed");
        let mut names: Vec<_> = list
            .iter()
            .map(|artifact| (&artifact.kind, artifact.named()))
            .collect();
        names.sort();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
