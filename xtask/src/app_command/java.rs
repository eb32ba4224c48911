//! The Java that windows run in: started quickly, since classes are read from an archive of an earlier run.
//!
//! Invariant: the archive is of the very jar that runs; a new jar leaves none behind.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::android_command::stamp;
use crate::step;
use crate::test_command::android;

/// The windows' program.
pub const MAIN: &str = "org.healthcode.app.desktop.MainKt";

/// What becomes of the archive of classes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Classes {
    /// Read where there is one.
    Read,
    /// The same; where there is none the program writes one at its end, which takes it a few seconds.
    ReadOrWrite,
    /// As if there were none.
    Leave,
}

/// The windows' classes, packed.
pub struct Windows {
    class_path: String,
    archive: PathBuf,
}

impl Windows {
    /// Packs what Maven compiled: Java archives no classes of a folder.
    pub fn packed() -> Result<Self, String> {
        let compiled = step::root().join("android-demo/target/classes");
        let target = step::root().join("target/app");
        std::fs::create_dir_all(&target)
            .map_err(|error| format!("{}: {error}", target.display()))?;
        let (jar, archive) = (target.join("windows.jar"), target.join("windows.jsa"));
        let class_path = android::class_path(&jar).ok_or_else(|| {
            "the class path of the windows is missing: see Maven's output".to_owned()
        })?;
        let library = android::library_jar();
        let inputs = [compiled.clone(), library];
        stamp::unless_done(&target.join("windows.stamp"), &inputs, &class_path, || {
            let _ = std::fs::remove_file(&archive);
            let mut pack = Command::new("jar");
            pack.args(["--create", "--file"]).arg(&jar);
            pack.arg("-C").arg(&compiled).arg(".");
            step::quietly(&mut pack)
        })?;
        Ok(Self {
            class_path,
            archive,
        })
    }

    /// Java with the windows' classes and the native library in `library`; the main class and its arguments come after.
    pub fn java(&self, library: &Path, classes: Classes) -> Command {
        let mut java = Command::new("java");
        // One compiler and one collector's thread: a window that is seen soon, not a server that runs for days.
        java.args(["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]);
        java.args(["-Xlog:cds=off", "-Xlog:cds+dynamic=off"]);
        if classes != Classes::Leave && self.archive.exists() {
            java.arg(format!("-XX:SharedArchiveFile={}", self.archive.display()));
        } else if classes == Classes::ReadOrWrite {
            java.arg(format!(
                "-XX:ArchiveClassesAtExit={}",
                self.archive.display()
            ));
        }
        java.arg("-cp")
            .arg(&self.class_path)
            .arg(format!("-Djna.library.path={}", library.display()));
        java
    }
}
