//! Bench: the machine that measured, since no time means anything without it.

use std::fs;
use std::thread::available_parallelism;

use serde_json::{Value, json};

/// The processor's model, its cores, the memory in GB, the load before the first measurement.
pub fn machine() -> Value {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let kilobytes = field(&memory, "MemTotal").and_then(|text| text.trim_end_matches(" kB").parse::<f64>().ok());
    json!({
        "processor": field(&processor, "model name").unwrap_or("unknown"),
        "cores": available_parallelism().map_or(0, usize::from),
        "memory": kilobytes.map_or(0.0, |kilobytes| (kilobytes * 1.024 / 100_000.0).round() / 10.0),
        "load": load.split(' ').next().unwrap_or("unknown"),
    })
}

/// The value of the first line with this name.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = text.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = lines.find(|(own, _)| own.trim() == name)?;
    Some(value.trim())
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_is_the_first_of_its_name() {
        let text = "model\t: 1\nmodel name\t: A: B\nmodel name\t: C\n";
        assert_eq!(field(text, "model name"), Some("A: B"));
        assert_eq!(field(text, "flags"), None);
    }
}
