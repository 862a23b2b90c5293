//! Model: JSON text (RFC 8259) in the making, for what leaves the widget: details of events, and data for search engines.
//!
//! Names are the code's own, and need no escapes.
//!
//! ```
//! use joint_events_model::record::Record;
//!
//! let record = Record::new().text("id", Some("gala")).count("shown", 2).text("url", None);
//! assert_eq!(record.written(), r#"{"id":"gala","shown":2,"url":null}"#);
//! ```

use crate::decimal::decimal;

/// An object.
pub struct Record(String);

impl Record {
    /// One without members.
    #[expect(clippy::new_without_default, reason = "an empty text is no valid record")]
    pub fn new() -> Self {
        Self(String::from("{"))
    }

    /// A member whose value is JSON already.
    pub fn value(mut self, name: &str, json: &str) -> Self {
        let comma = if self.0.len() > 1 { ",\"" } else { "\"" };
        for part in [comma, name, "\":", json] {
            self.0.push_str(part);
        }
        self
    }

    /// A string, or null.
    pub fn text(self, name: &str, text: Option<&str>) -> Self {
        match text {
            None => self.value(name, "null"),
            Some(text) => self.value(name, &quoted(text)),
        }
    }

    /// A string; without one, no member.
    pub fn maybe(self, name: &str, text: Option<&str>) -> Self {
        if text.is_none() { self } else { self.text(name, text) }
    }

    /// A whole number.
    pub fn count(self, name: &str, count: usize) -> Self {
        self.value(name, &decimal(count))
    }

    /// An array of strings.
    pub fn list(self, name: &str, items: &[String]) -> Self {
        let mut list = List::new();
        for item in items {
            list.add(&quoted(item));
        }
        self.value(name, &list.written())
    }

    /// Values that are JSON already: one stands alone, several as an array; without any, no member.
    ///
    /// ```
    /// use joint_events_model::record::Record;
    ///
    /// let of = |values: &[&str]| {
    ///     let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    ///     Record::new().values("n", &values).written()
    /// };
    /// assert_eq!([of(&[]), of(&["1"]), of(&["1", "2"])], ["{}", r#"{"n":1}"#, r#"{"n":[1,2]}"#]);
    /// ```
    pub fn values(self, name: &str, values: &[String]) -> Self {
        match values {
            [] => self,
            [one] => self.value(name, one),
            several => {
                let mut list = List::new();
                for value in several {
                    list.add(value);
                }
                self.value(name, &list.written())
            }
        }
    }

    /// Its text.
    pub fn written(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// An array.
pub struct List(String);

impl List {
    /// One without items.
    #[expect(clippy::new_without_default, reason = "an empty text is no valid list")]
    pub fn new() -> Self {
        Self(String::from("["))
    }

    /// One more item, which is JSON already.
    pub fn add(&mut self, json: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(json);
    }

    /// Its text.
    pub fn written(mut self) -> String {
        self.0.push(']');
        self.0
    }
}

/// A string (RFC 8259, section 7), without what could end a `<script>` that it stands in (HTML, 4.12.1.3), or a line of
/// JavaScript.
///
/// ```
/// use joint_events_model::record::quoted;
///
/// assert_eq!(quoted("</script>\n\"é\""), r#""\u003c/script\u003e\u000a\"é\"""#);
/// ```
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        if character < ' ' || matches!(character, '<' | '>' | '&' | '\u{2028}' | '\u{2029}') {
            quoted.push_str("\\u");
            for shift in [12, 8, 4, 0] {
                quoted.extend(char::from_digit(u32::from(character) >> shift & 15, 16));
            }
            continue;
        }
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('"');
    quoted
}
