//! xtask: what wasm-bindgen's own checks would say is blanked in the wasm. It is for those who call it wrongly, which no script but
//! ours does; where it happens all the same the trace tells by whom, and the sentences weigh 200 octets with brotli.

use anyhow::{Result, bail};

/// The sentences.
const SENTENCES: [&str; 6] = [
    "attempted to take ownership of Rust value while it was borrowed",
    "null pointer passed to rust",
    "recursive use of an object detected which would lead to unsafe aliasing in rust",
    "closure invoked recursively or after being dropped",
    "FnOnce called more than once",
    "called `Result::unwrap_throw()` on an `Err` value",
];

/// The wasm without those that are in it.
///
/// # Errors
/// Where none is: then they have other words.
pub fn blanked(mut wasm: Vec<u8>) -> Result<Vec<u8>> {
    let mut found = 0;
    for sentence in SENTENCES {
        let length = sentence.len();
        for start in 0..wasm.len().saturating_sub(length) {
            if &wasm[start..start + length] == sentence.as_bytes() {
                wasm[start..start + length].fill(0);
                found += 1;
            }
        }
    }
    if found == 0 {
        bail!("the wasm: expected sentences of wasm-bindgen's checks, found none");
    }
    Ok(wasm)
}

#[cfg(test)]
mod tests {
    use super::blanked;

    #[test]
    fn the_sentences_go_and_all_else_keeps_its_place() {
        let wasm = b"anull pointer passed to rustb".to_vec();
        let blank = blanked(wasm).expect("a sentence");
        assert_eq!(blank.len(), 29);
        assert_eq!(
            (blank.first(), blank.get(1), blank.last()),
            (Some(&b'a'), Some(&0), Some(&b'b'))
        );
        assert!(blanked(b"other words".to_vec()).is_err());
    }
}
