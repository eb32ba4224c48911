//! Installs Debian 13 with Swift into the cache folder.
//!
//! Invariant: the folder has its final name only once the Swift in it has run; every package is
//! checked against Debian's signing keys; one install runs at a time.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{SwiftToolchain, chroot};
use crate::step;

const RELEASE: &str = "trixie";
const PACKAGES: &str = "swiftlang,libc6-dev,libstdc++-14-dev,ca-certificates";
/// Where the machine's own apt names no Debian archive.
const MIRROR: &str = "http://deb.debian.org/debian";
/// Debian's keys; the package of that name brings them, on Ubuntu too.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
const ADVICE: &str = "Install Swift 6 or later (https://swift.org/install) and put `swift` on the PATH, \
     or run this as root on Debian, where it installs Swift into a folder of its own.";

/// Where the chroot is, or would be.
pub fn folder() -> Result<PathBuf, String> {
    let set = |name| std::env::var_os(name).map(PathBuf::from);
    set("XDG_CACHE_HOME")
        .filter(|cache| cache.is_absolute())
        .or_else(|| Some(set("HOME")?.join(".cache")))
        .map(|cache| cache.join("health-code").join("swift-trixie"))
        .ok_or_else(|| format!("No HOME, so no folder to install Swift into. {ADVICE}"))
}

/// Whether we may mount and install packages.
pub fn is_root() -> bool {
    step::output("id", &["-u"]).as_deref() == Some("0")
}

/// Builds the chroot at `folder`, which does not exist.
pub fn install(folder: &Path) -> Result<(), String> {
    if !is_root() || step::output("apt-get", &["--version"]).is_none() {
        return Err(format!("No Swift here. {ADVICE}"));
    }
    if !succeeds(&mut chroot::isolated("true")) {
        return Err(format!(
            "This machine does not let even root mount (a container without that right?). {ADVICE}"
        ));
    }
    if folder.to_str().is_none_or(|path| path.contains(' ')) {
        return Err(format!(
            "debootstrap cannot install into {}: set XDG_CACHE_HOME to a folder without spaces. {ADVICE}",
            folder.display()
        ));
    }
    let failed = |what: &str, error: std::io::Error| format!("{what}: {error}");
    let parent = folder.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(|error| failed("making the cache folder", error))?;
    // The kernel drops the lock with the process.
    let lock = fs::File::create(folder.with_extension("lock"))
        .map_err(|error| failed("making the install's lock", error))?;
    if lock.try_lock().is_err() {
        step::note("waiting for an install that is under way");
        lock.lock()
            .map_err(|error| failed("waiting for another install", error))?;
    }
    if folder.exists() {
        return Ok(());
    }

    step::note(&format!(
        "no Swift here: installing Debian 13's into {} (3 GB; takes some minutes, once)",
        folder.display()
    ));
    packages_for_debootstrap()?;
    let partial = folder.with_extension("partial");
    remove(&partial)?;
    let built = debootstrap(&partial).and_then(|()| {
        // The packages' files are not needed once unpacked.
        let archives = partial.join("var/cache/apt/archives");
        fs::remove_dir_all(&archives).map_err(|error| failed("deleting packages", error))?;
        SwiftToolchain::InChroot(partial.clone())
            .version_line()
            .map(drop)
    });
    if let Err(error) = built {
        remove(&partial)?;
        return Err(error);
    }
    fs::rename(&partial, folder).map_err(|error| failed("naming the finished install", error))
}

/// Brings debootstrap and the newest keys (an old image's may lack this release's).
fn packages_for_debootstrap() -> Result<(), String> {
    step::note("installing debootstrap and Debian's signing keys with apt-get");
    let apt = |arguments: &[&str]| {
        succeeds(
            Command::new("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .args(["-y", "-qq"])
                .args(arguments)
                .stdout(Stdio::null()),
        )
    };
    // An update may fail for a list we do not need: what counts is the install.
    let updated = apt(&["update"]);
    let brought = apt(&[
        "install",
        "--no-install-recommends",
        "debootstrap",
        "debian-archive-keyring",
    ]);
    if brought {
        return Ok(());
    }
    let why = if updated { "" } else { " update and" };
    Err(format!(
        "apt-get{why} install of debootstrap failed. {ADVICE}"
    ))
}

/// Builds the release with Swift in `target`, with a line for each stage.
fn debootstrap(target: &Path) -> Result<(), String> {
    let mut command = chroot::isolated("debootstrap");
    command.args(["--variant=minbase", "--force-check-gpg"]);
    command.arg(format!("--keyring={KEYRING}"));
    command.arg(format!("--include={PACKAGES}"));
    command.arg(RELEASE).arg(target).arg(mirror());
    for scheme in ["http", "https"] {
        if let Some(proxy) = apt_proxy(scheme) {
            command.env(format!("{scheme}_proxy"), proxy);
        }
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("debootstrap could not start: {error}"))?;
    let mut stages = Vec::new();
    let mut lines = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some(stage) = stage(&line).filter(|stage| !stages.contains(stage)) {
                step::note(stage);
                stages.push(stage);
            }
            lines.push(line);
        }
    }
    if child.wait().is_ok_and(|status| status.success()) {
        return Ok(());
    }
    let end = lines.split_off(lines.len().saturating_sub(5)).join("\n");
    Err(format!("debootstrap failed: {end}\n{ADVICE}"))
}

/// What a line of debootstrap shows to be under way.
fn stage(line: &str) -> Option<&'static str> {
    let mut words = line.strip_prefix("I: ")?.split_whitespace();
    match (words.next()?, words.next()?) {
        ("Retrieving", "swiftlang") => Some("downloading Swift itself, the largest"),
        ("Retrieving", _) => Some("downloading packages"),
        ("Extracting", _) => Some("unpacking the base system"),
        ("Unpacking" | "Configuring", _) => Some("setting the packages up"),
        _ => None,
    }
}

/// The Debian archive that this machine's apt uses, or Debian's own.
fn mirror() -> String {
    let format = "$(ORIGIN)|$(LABEL)|$(REPO_URI)";
    step::output(
        "apt-get",
        &["indextargets", "--format", format, "Identifier: Packages"],
    )
    .and_then(|targets| debian_archive(&targets).map(str::to_owned))
    .unwrap_or_else(|| MIRROR.to_owned())
}

/// The first address of Debian itself (not of its security archive or of another's) that
/// debootstrap can read.
fn debian_archive(targets: &str) -> Option<&str> {
    targets
        .lines()
        .filter_map(|line| line.strip_prefix("Debian|Debian|"))
        .find(|address| address.starts_with("http://") || address.starts_with("https://"))
}

/// The proxy that apt is told to use; one in the environment reaches debootstrap by itself.
fn apt_proxy(scheme: &str) -> Option<String> {
    let name = format!("Acquire::{scheme}::Proxy");
    let settings = step::output("apt-config", &["--format", "%f %v%n", "dump", &name])?;
    // Deeper settings, for one host each, follow.
    let proxy = settings
        .lines()
        .find_map(|line| line.strip_prefix(&name)?.strip_prefix(' '))?;
    (!proxy.is_empty() && proxy != "DIRECT").then(|| proxy.to_owned())
}

/// Deletes what an interrupted or failed install left; never through a mount.
fn remove(partial: &Path) -> Result<(), String> {
    if !partial.exists() {
        return Ok(());
    }
    let real = partial.canonicalize().map_err(|error| error.to_string())?;
    let mounts = fs::read_to_string("/proc/self/mounts").map_err(|error| error.to_string())?;
    if mounts
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .any(|place| Path::new(&place.replace("\\040", " ")).starts_with(&real))
    {
        return Err(format!(
            "Something is mounted in {}: unmount it and run again.",
            partial.display()
        ));
    }
    fs::remove_dir_all(partial).map_err(|error| format!("deleting {}: {error}", partial.display()))
}

fn succeeds(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::{debian_archive, stage};

    #[test]
    fn takes_debians_own_archive_that_can_be_fetched() {
        let targets = "Docker|Docker CE|https://other.example/debian/\n\
            Debian|Debian-Security|http://mirror.example/debian-security/\n\
            Debian|Debian|file:/srv/debian/\n\
            Debian|Debian|https://mirror.example/debian/\n";
        assert_eq!(
            debian_archive(targets),
            Some("https://mirror.example/debian/")
        );
        assert_eq!(
            debian_archive("Ubuntu|Ubuntu|http://mirror.example/ubuntu/"),
            None
        );
    }

    #[test]
    fn tells_the_stages_apart() {
        assert_eq!(
            stage("I: Retrieving swiftlang 6.0.3-2"),
            Some("downloading Swift itself, the largest")
        );
        assert_eq!(
            stage("I: Configuring libc6..."),
            Some("setting the packages up")
        );
        assert_eq!(stage("I: Checking Release signature"), None);
        assert_eq!(stage("W: something"), None);
    }
}
