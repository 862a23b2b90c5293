//! xtask: a zip archive, the same bytes for the same files.

use std::io::Write;

use anyhow::{Context, Result};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// The first day that the format knows, 1 January 1980: an archive tells nothing of when it was made.
const DATE: u16 = 0b0000_0000_0010_0001;

/// The archive of files under their names, with `/` between folders (PKWARE, APPNOTE.TXT 6.3).
pub fn zip(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let offset = four(archive.len())?;
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes)?;
        let deflated = encoder.finish()?;
        let mut crc = Crc::new();
        crc.update(bytes);
        let length = u16::try_from(name.len()).context("expected a name of less than 64 kB")?;
        // Version 2.0, names in UTF-8, deflated, midnight of `DATE`.
        let mut head: Vec<u8> = [20_u16, 1 << 11, 8, 0, DATE]
            .into_iter()
            .flat_map(u16::to_le_bytes)
            .collect();
        for number in [crc.sum(), four(deflated.len())?, four(bytes.len())?] {
            head.extend(number.to_le_bytes());
        }
        head.extend(length.to_le_bytes());
        head.extend([0; 2]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&head);
        archive.extend(name.as_bytes());
        archive.extend(deflated);
        // Made on Unix; a plain file that all may read.
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(&head);
        directory.extend([0; 6]);
        directory.extend((0o100_644_u32 << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len()).context("expected fewer than 65,536 files")?;
    let (start, size) = (four(archive.len())?, four(directory.len())?);
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    archive.extend([0; 2]);
    Ok(archive)
}

fn four(number: usize) -> Result<u32> {
    u32::try_from(number).context("expected less than 4 GB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_names_its_files_twice_and_counts_them() {
        let files = [("a/b.txt".to_owned(), b"text".to_vec()), ("a/é".to_owned(), Vec::new())];
        let archive = zip(&files).expect("an archive");
        assert_eq!(archive, zip(&files).expect("the same"));
        let names = archive.windows(7).filter(|window| window == b"a/b.txt").count();
        assert_eq!(names, 2);
        let end = archive.len() - 22;
        assert_eq!(archive.get(end..end + 12), Some(&b"PK\x05\x06\0\0\0\0\x02\0\x02\0"[..]));
    }
}
