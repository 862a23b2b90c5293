//! xtask: Debian's WordPress on this machine alone, with a database of its own, until it is dropped.
//!
//! WordPress' packages are unpacked in `target/` and not installed: installed they bring a web server that listens to
//! everybody. The database is its server alone, which the package starts nowhere.

use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::root;
use crate::tools::{install_packages, output, run, run_with, say};

/// What is installed: PHP as a command, and the database's server.
const PACKAGES: &[&str] = &[
    "php-cli",
    "php-mysql",
    "php-xml",
    "php-mbstring",
    "mariadb-server-core",
    "ca-certificates",
];

/// What is unpacked: WordPress, one theme of blocks and one classic theme, and the code that Debian keeps apart.
const UNPACKED: &[&str] = &[
    "wordpress",
    "wordpress-theme-twentytwentythree",
    "wordpress-theme-twentytwentyone",
    "php-getid3",
    "libjs-cropper",
    "libjs-underscore",
];

/// Runs a command in a group of its own, and ends the group when the pipe to it closes, however we went.
const KEEPER: &str = "exec 2>/dev/null; set -m; trap : INT TERM; log=$1; shift; \"$@\" </dev/null >\"$log\" 2>&1 & read -r end; kill -- -$!; wait";

/// What pages of the site asked of other servers, a line each; tests read it.
const REQUESTS: &str = "requests.log";

/// What PHP complained of; tests read it.
const COMPLAINTS: &str = "complaints.log";

/// How long anything may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running WordPress.
pub struct Site {
    address: String,
    version: String,
    // In the order in which they end.
    _server: Kept,
    _database: Kept,
}

/// A process that ends with us.
struct Kept {
    keeper: Child,
    leash: Option<ChildStdin>,
}

/// Installs what is missing, where it may.
///
/// # Errors
/// Where it may not, with the one line that says what to install.
pub fn install() -> Result<()> {
    let modules = output("php", &["-m"]).unwrap_or_default();
    let has = |module: &str| modules.lines().any(|line| line == module);
    if !["mysqli", "xml", "mbstring"].into_iter().all(has) || database_server().is_none() {
        say("installing PHP and MariaDB's server");
        install_packages(PACKAGES)?;
    }
    let unpacked = folder().join("debian");
    if unpacked.join("usr/share/wordpress/wp-load.php").exists() {
        return Ok(());
    }
    say("unpacking Debian's WordPress in target/wordpress");
    let packages = folder().join("packages");
    fs::create_dir_all(&packages)?;
    let download = || {
        let status = Command::new("apt-get")
            .args(["download", "-q"])
            .args(UNPACKED)
            .current_dir(&packages)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    if !download() {
        install_packages(PACKAGES)?;
        if !download() {
            bail!(
                "expected apt-get to download {}: are these Debian 12's sources?",
                UNPACKED.join(" ")
            );
        }
    }
    for entry in fs::read_dir(&packages)? {
        let package = entry?.path();
        run(
            "dpkg-deb",
            &["-x", &package.to_string_lossy(), &unpacked.to_string_lossy()],
        )?;
    }
    Ok(())
}

impl Site {
    /// Starts WordPress on an empty database, with the plugin of an archive, which WordPress itself unpacks.
    pub fn start(archive: &Path) -> Result<Site> {
        let wordpress = folder().join("debian/usr/share/wordpress");
        let content = wordpress.join("wp-content");
        let _ = fs::remove_dir_all(content.join("plugins"));
        let _ = fs::remove_dir_all(content.join("mu-plugins"));
        fs::create_dir_all(content.join("plugins"))?;
        fs::create_dir_all(content.join("mu-plugins"))?;
        symlink(
            root().join("tests/wordpress/stage.php"),
            content.join("mu-plugins/stage.php"),
        )?;
        let (database, socket) = start_database()?;
        let port = free_port()?;
        let address = format!("http://localhost:{port}");
        fs::write(wordpress.join("wp-config.php"), config(&address, &socket))?;
        // Debian's own asks for a folder of the machine.
        let _ = fs::remove_file(wordpress.join(".htaccess"));
        let script = root().join("tests/wordpress/install.php");
        let [script, wordpress_folder, archive] = [&script, &wordpress, archive].map(|path| path.to_string_lossy());
        run_with("php", &[&script, &wordpress_folder, &archive], &[])?;
        // What WordPress asks for while it is installed is its own affair.
        for log in [REQUESTS, COMPLAINTS] {
            fs::write(folder().join(log), "")?;
        }
        let mut command = keeper(&folder().join("php.log"));
        command
            .args(["php", "-d", "opcache.enable_cli=1", "-S"])
            .arg(format!("127.0.0.1:{port}"))
            .arg("-t")
            .arg(&wordpress)
            .env("PHP_CLI_SERVER_WORKERS", "6");
        let server = Kept::start(command)?;
        wait_for("php -S", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok())?;
        let version = fs::read_to_string(wordpress.join("wp-includes/version.php"))?;
        let version = version
            .split("$wp_version = '")
            .nth(1)
            .and_then(|rest| rest.split('\'').next());
        Ok(Site {
            address,
            version: version.unwrap_or_default().to_owned(),
            _server: server,
            _database: database,
        })
    }

    /// `http://localhost:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// `6.1.9`.
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl Kept {
    fn start(mut command: Command) -> Result<Kept> {
        let mut keeper = command
            .stdin(Stdio::piped())
            .spawn()
            .context("expected bash, found none")?;
        let leash = keeper.stdin.take();
        Ok(Kept { keeper, leash })
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.leash.take());
        self.keeper.wait().ok();
    }
}

fn folder() -> PathBuf {
    root().join("target/wordpress")
}

fn keeper(log: &Path) -> Command {
    let mut command = Command::new("bash");
    command.args(["-c", KEEPER, "bash"]).arg(log);
    command
}

fn database_server() -> Option<&'static str> {
    ["/usr/sbin/mariadbd", "/usr/bin/mariadbd"]
        .into_iter()
        .find(|path| Path::new(path).exists())
}

/// MariaDB on a socket and no port, with an empty database `wordpress`, fast rather than safe.
fn start_database() -> Result<(Kept, PathBuf)> {
    let server = database_server().context("expected mariadbd, found none")?;
    let folder = folder().join("mariadb");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let user = output("id", &["-un"]).unwrap_or_default();
    let common = [
        "--no-defaults".to_owned(),
        format!("--user={}", user.trim()),
        format!("--datadir={}", folder.display()),
        format!("--tmpdir={}", folder.display()),
        "--innodb-flush-log-at-trx-commit=0".to_owned(),
        "--innodb-log-file-size=8M".to_owned(),
        "--innodb-buffer-pool-size=64M".to_owned(),
    ];
    // What WordPress needs of the system's tables is that there are none to ask.
    let mut bootstrap = Command::new(server)
        .args(&common)
        .args(["--bootstrap", "--skip-grant-tables"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(fs::File::create(folder.with_extension("log"))?)
        .spawn()?;
    if let Some(mut stdin) = bootstrap.stdin.take() {
        stdin.write_all(b"CREATE DATABASE wordpress CHARACTER SET utf8mb4;\n")?;
    }
    if !bootstrap.wait()?.success() {
        bail!(
            "{server} --bootstrap: expected success: {}",
            folder.with_extension("log").display()
        );
    }
    // A socket's path has at most 107 octets.
    let mut socket = folder.join("socket");
    if socket.as_os_str().len() > 100 {
        socket = std::env::temp_dir().join(format!("joint-events-{}.socket", std::process::id()));
    }
    let mut command = keeper(&folder.with_extension("log"));
    command
        .arg(server)
        .args(&common)
        .args(["--skip-grant-tables", "--skip-networking"]);
    command.arg(format!("--socket={}", socket.display()));
    let database = Kept::start(command)?;
    wait_for(server, || UnixStream::connect(&socket).is_ok())?;
    Ok((database, socket))
}

fn wait_for(what: &str, is_there: impl Fn() -> bool) -> Result<()> {
    let start = Instant::now();
    while !is_there() {
        if start.elapsed() > PATIENCE {
            bail!(
                "{what}: expected it within {} s; its words are in target/wordpress",
                PATIENCE.as_secs()
            );
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// `wp-config.php`: nothing runs by itself, and nothing is asked outside this machine.
fn config(address: &str, socket: &Path) -> String {
    format!(
        "<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:{}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'WP_HOME', '{address}' );
define( 'WP_SITEURL', '{address}' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', '{}' );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1' );
define( 'STAGE_REQUESTS', '{}' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $name ) {{
	define( $name . '_KEY', 'loopback' );
	define( $name . '_SALT', 'loopback' );
}}
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
",
        socket.display(),
        folder().join(COMPLAINTS).display(),
        folder().join(REQUESTS).display(),
    )
}
