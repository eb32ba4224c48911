//! Runs a command with mounts of its own.
//!
//! Invariant: whatever is mounted is mounted in a namespace that only the command's own processes
//! are in, so the kernel undoes it when the last of them ends, and all of them end with the one
//! that started them, even by `kill -9`. Nothing is ever unmounted or deleted from here.

use std::path::{Path, PathBuf};
use std::process::Command;

/// `$1`: the chroot; `$2`: the folder to start in; then the folders to show, `--`, and the command.
///
/// The shell stays as the namespace's first process: that one is not ended by signals as others are.
const SCRIPT: &str = r#"
root=$1 folder=$2
shift 2
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
for file in /etc/hosts /etc/resolv.conf; do
    if [ -e "$file" ] && [ -f "$root$file" ]; then mount --bind "$file" "$root$file"; fi
done
while [ "$1" != -- ]; do
    mkdir -p "$root$1"
    mount --rbind "$1" "$root$1"
    shift
done
shift
status=0
chroot "$root" env --chdir="$folder" PWD="$folder" HOME=/root TMPDIR=/tmp \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@" || status=$?
exit "$status"
"#;

/// `program` in namespaces of its own for mounts and processes, ended with the thread that starts it.
pub fn isolated(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "unshare"]);
    command.args(["--mount", "--mount-proc", "--pid", "--fork"]);
    command.args(["--kill-child", program]);
    command
}

/// `program arguments` in the chroot `root`, started in `folder`; `shown` and `/tmp` are seen from
/// inside at the same paths.
pub fn inside(
    root: &Path,
    shown: &[PathBuf],
    folder: &Path,
    program: &str,
    arguments: &[&str],
) -> Command {
    let mut command = isolated("sh");
    command.args(["-euc", SCRIPT, "sh"]);
    command.arg(root).arg(folder).arg("/tmp").args(shown);
    command.args(["--", program]).args(arguments);
    command
}
