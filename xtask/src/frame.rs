//! xtask: the frame, for sites that allow an iframe and nothing else.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::tools::run;

/// What a bundle holds of it.
pub const FILES: [&str; 5] = [
    "frame.html",
    "frame.css",
    "frame.js",
    "frame-host.js",
    "embed-frame.html",
];

/// Writes its page, that page's script and sheet, and the script of the page around it.
///
/// # Errors
/// Where a file can't be read or written, or a script can't be bundled.
pub fn write(root: &Path, dist: &Path) -> Result<()> {
    for (source, made) in [("frame.js", "frame.js"), ("host.js", "frame-host.js")] {
        let (source, made) = (format!("src/frame/{source}"), format!("--outfile=dist/{made}"));
        let fixed = [
            "--bundle",
            "--minify",
            "--format=iife",
            "--target=es2022",
            "--log-level=warning",
        ];
        run("esbuild", &[&[source.as_str(), &made][..], &fixed].concat())?;
    }
    for name in ["frame.html", "frame.css"] {
        fs::copy(root.join("src/frame").join(name), dist.join(name))?;
    }
    Ok(())
}

/// The snippet of an iframe, with the hash of the script that sizes it. Without `base` the script's folder is unknown, and
/// the reader puts it in.
///
/// It is sandboxed all but for what the widget does: scripts; its own origin, without which nobody could tell its messages
/// from others'; links that lead away, which open in the whole window; calendar files.
pub fn snippet(beside: &str, integrity: &str) -> String {
    format!(
        "<iframe data-joint-events src=\"{beside}frame.html?feed=https%3A%2F%2Ffeeds.example%2Fjoint-events%2Fv1%2Ffeed.json&amp;lang=fr-CA&amp;association=bioquebec&amp;link=https%3A%2F%2Fbioquebec.example%2Fevenements&amp;origin=https%3A%2F%2Fbioquebec.example\" title=\"Événements conjoints\" width=\"100%\" height=\"900\" loading=\"lazy\" sandbox=\"allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation allow-downloads\"></iframe>\n\
         <script src=\"{beside}frame-host.js\" integrity=\"{integrity}\" crossorigin async></script>\n"
    )
}
