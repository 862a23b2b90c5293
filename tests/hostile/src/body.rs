//! Hostile: what must hold of any octets, an entrance each.

pub mod feed;
pub mod published;
pub mod source;
pub mod words;
