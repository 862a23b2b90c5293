//! End-to-end: the process of a driver, which ends with its browser when this process does.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Starts a driver in a group of processes of its own, and ends all of them once this process is gone, however it went:
/// nobody drops what is static. First it sends the request that it was told last, since a driver that is only killed may
/// leave its browser behind. What the driver says ends with it: the pipe is nobody else's.
const KEEPER: &str = r#"exec 4<&0; set -m; bash -c "$0" driver "$@" <&- 4<&- &
exec >&2
while read -r line <&4; do last=$line; done
if [ -n "$last" ] && exec 3<>"/dev/tcp/127.0.0.1/${last%% *}"; then
  printf '%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "${last#* }" >&3; timeout 10 cat <&3 >&2
fi
kill -- -$!; wait; rm -rf "$FOLDER""#;

/// How often a driver is started that ends before it is ready: one that takes a port of its choice may find it taken.
const TRIES: usize = 3;

/// A driver, and the folder that it and its browser may write to.
pub(crate) struct Driver {
    keeper: Child,
    /// Its end ends the driver.
    leash: Option<ChildStdin>,
    port: u16,
    folder: PathBuf,
}

impl Driver {
    /// Starts what a line of bash says, with arguments and environment variables; `ready` finds the port in a line that it
    /// writes. The line finds its folder in `FOLDER`.
    ///
    /// # Panics
    /// Where it ends without such a line, each time.
    pub(crate) fn start(
        line: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
        ready: impl Fn(&str) -> Option<u16>,
    ) -> Self {
        let started = (0..TRIES).find_map(|_| Self::start_once(line, arguments, variables, &ready));
        started.unwrap_or_else(|| panic!("{line} {arguments:?}: expected a driver that starts, found none"))
    }

    fn start_once(
        line: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
        ready: &dyn Fn(&str) -> Option<u16>,
    ) -> Option<Self> {
        let folder = folder();
        let mut keeper = Command::new("bash")
            .args(["-c", KEEPER, line])
            .args(arguments)
            .env("FOLDER", &folder)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("bash: {error}"));
        let mut lines = BufReader::new(keeper.stdout.take().expect("a pipe")).lines();
        let leash = keeper.stdin.take();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| ready(&line));
        let driver = Self {
            keeper,
            leash,
            port: port.unwrap_or_default(),
            folder,
        };
        port?;
        // What it says later is read too: a pipe that nobody reads holds its writer up.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Some(driver)
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is asked of the driver before it ends, such as `GET /shutdown`.
    pub(crate) fn ends_with(&mut self, request: &str) {
        if let Some(leash) = &mut self.leash {
            writeln!(leash, "{} {request}", self.port).expect("a keeper");
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.leash.take());
        let _ = self.keeper.wait();
    }
}

/// A folder that no other browser has, absolute since browsers are started anywhere.
fn folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = target().join(format!("browser-{}-{number}", process::id()));
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    folder.canonicalize().unwrap_or(folder)
}

/// `target/e2e`, for what is left of a run and what is left by none.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/e2e")
}

/// What an environment variable says, else what is usual.
pub(crate) fn variable(name: &str, usual: &str) -> String {
    env::var(name).unwrap_or_else(|_| usual.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process;

    use super::{Driver, target};

    fn port(line: &str) -> Option<u16> {
        line.strip_prefix("port ")?.parse().ok()
    }

    #[test]
    fn a_driver_that_ends_before_it_is_ready_is_started_again() {
        let tried = target().join(format!("tried-{}", process::id()));
        let line = "mkdir -p \"${1%/*}\"; mkdir \"$1\" || { echo port 7; exec tail -f /dev/null; }";
        let driver = Driver::start(line, &[&tried.to_string_lossy()], &[], port);
        fs::remove_dir(&tried).expect("one that was tried");
        assert_eq!(driver.port, 7);
    }

    #[test]
    #[should_panic(expected = "expected a driver that starts, found none")]
    fn a_driver_that_never_gets_ready_is_told_and_waited_for_no_more() {
        Driver::start("echo no", &[], &[], port);
    }
}
