//! Model: JSON text (RFC 8259), read only as deep as somebody asks.
//!
//! The whole text is checked first, at once or bit by bit; a value is then a piece of it, taken apart by whoever reads it.
//! So a feed of megabytes costs no tree beside the text and what is kept of it.

use std::borrow::Cow;
use std::str::Chars;

/// Deepest nesting that is read, so that no text exhausts the stack.
const DEEPEST: usize = 127;

/// A byte order mark.
const MARK: char = '\u{feff}';

/// A value that stands in a JSON text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// As written.
    Number(&'a str),
    /// What stands between the quotes, escapes as written.
    String(&'a str),
    /// From bracket to bracket.
    Array(&'a str),
    /// From brace to brace.
    Object(&'a str),
}

/// The members of an object, in the order of the text. Of those with one name the last counts.
pub(crate) type Members<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// Where a text is no JSON: line and column in octets, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl<'a> Json<'a> {
    /// The value that a piece of a checked text is, from its first octet to its last.
    pub(crate) fn of(written: &'a str) -> Self {
        match written.as_bytes().first() {
            Some(b'"') => Self::String(written.get(1..written.len().wrapping_sub(1)).unwrap_or_default()),
            Some(b'[') => Self::Array(written),
            Some(b'{') => Self::Object(written),
            Some(b'n') => Self::Null,
            Some(b't') => Self::Bool(true),
            Some(b'f') => Self::Bool(false),
            _ => Self::Number(written),
        }
    }

    /// The members of an object; none for anything else.
    pub(crate) fn members(self) -> Members<'a> {
        let mut members = Vec::new();
        if let Self::Object(text) = self {
            let (mut cursor, mut end) = (Cursor { text, at: 0 }, 0);
            // No fault ends it early: the text was checked when the value was met.
            while let Some((name, value)) = cursor.next_inside(&mut end) {
                members.push((unescaped(part(text, name)), Self::of(part(text, value))));
            }
        }
        members
    }

    /// The items of an array; `None` for anything else.
    pub(crate) fn items(self) -> Option<Vec<Self>> {
        let Self::Array(text) = self else { return None };
        let mut items = Vec::new();
        let (mut cursor, mut end) = (Cursor { text, at: 0 }, 0);
        while let Some((_, value)) = cursor.next_inside(&mut end) {
            items.push(Self::of(part(text, value)));
        }
        Some(items)
    }

    /// The text of a string; `None` for anything else. Escaped halves of surrogate pairs (RFC 8259, section 8.2) are
    /// left out: each costs itself alone.
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::String(written) => Some(unescaped(written)),
            _ => None,
        }
    }
}

/// A string's text as its escapes mean it.
fn unescaped(written: &str) -> Cow<'_, str> {
    if !written.bytes().any(|byte| byte == b'\\') {
        return Cow::Borrowed(written);
    }
    let mut text = String::with_capacity(written.len());
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        if character == '\\' {
            text.extend(escaped(&mut characters));
        } else {
            text.push(character);
        }
    }
    Cow::Owned(text)
}

/// The character of an escape whose backslash was read; `None` for half of a surrogate pair.
fn escaped(characters: &mut Chars) -> Option<char> {
    Some(match characters.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let unit = unit(characters);
            let mut ahead = characters.clone();
            let low = match (ahead.next(), ahead.next()) {
                (Some('\\'), Some('u')) if matches!(unit, 0xd800..=0xdbff) => self::unit(&mut ahead),
                _ => 0,
            };
            if !matches!(low, 0xdc00..=0xdfff) {
                return char::from_u32(unit);
            }
            *characters = ahead;
            let (high, low) = (unit & 0x3ff, low & 0x3ff);
            return char::from_u32((high << 10 | low).saturating_add(0x1_0000));
        }
        itself => itself,
    })
}

/// The UTF-16 code unit of four hexadecimal digits.
fn unit(characters: &mut Chars) -> u32 {
    let mut unit = 0;
    for digit in characters.by_ref().take(4) {
        unit = unit << 4 | digit.to_digit(16).unwrap_or(0);
    }
    unit
}

/// A text that is checked bit by bit, since it may be large, and where its parts stand as far as it was checked: the
/// members of the object that it is, and the items of a long list among them.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// Octets of the byte order marks that it begins with.
    start: usize,
    at: usize,
    /// What ends the object and the list, once their brackets were passed.
    ends: [u8; 2],
    is_in_list: bool,
    /// Names and values.
    members: Vec<(Part, Part)>,
    items: Vec<Part>,
}

/// From the first octet of a part to the one after it.
type Part = (usize, usize);

fn part(text: &str, (start, end): Part) -> &str {
    text.get(start..end).unwrap_or_default()
}

impl Outline {
    /// Checks about so many octets more, and one value at least: whether that was all. `list` names the long list.
    pub(crate) fn check(&mut self, text: &str, list: &str, octets: usize) -> Result<bool, Fault> {
        if self.at == 0 {
            while part(text, (self.at, text.len())).starts_with(MARK) {
                self.at = self.at.wrapping_add(MARK.len_utf8());
            }
            self.start = self.at;
        }
        let mut cursor = Cursor { text, at: self.at };
        let until = self.at.saturating_add(octets.max(1));
        let checked = self.pass(&mut cursor, list, until);
        self.at = cursor.at;
        checked.ok_or_else(|| cursor.fault(self.start))
    }

    fn pass(&mut self, cursor: &mut Cursor, list: &str, until: usize) -> Option<bool> {
        let [end, end_of_list] = &mut self.ends;
        if *end == 0 {
            cursor.pass_space();
            if cursor.next() != b'{' {
                cursor.value(DEEPEST)?;
                return cursor.end();
            }
        }
        loop {
            if self.is_in_list {
                if cursor.name(end_of_list)?.is_some() {
                    self.items.push(cursor.value(DEEPEST - 2)?);
                } else {
                    self.is_in_list = false;
                    if let Some((_, (_, end))) = self.members.last_mut() {
                        *end = cursor.at;
                    }
                }
            } else {
                let Some(name) = cursor.name(end)? else {
                    return cursor.end();
                };
                cursor.pass_space();
                self.is_in_list = cursor.next() == b'[' && unescaped(part(cursor.text, name)) == list;
                let value = if self.is_in_list {
                    // Of two lists of this name the last counts.
                    self.items.clear();
                    *end_of_list = 0;
                    (cursor.at, 0)
                } else {
                    cursor.value(DEEPEST - 1)?
                };
                self.members.push((name, value));
            }
            if cursor.at >= until {
                return Some(false);
            }
        }
    }

    /// The one value of a text that was checked.
    pub(crate) fn document<'a>(&self, text: &'a str) -> Json<'a> {
        Json::of(part(text, (self.start, text.len())).trim_ascii())
    }

    /// The members of the object that a checked text is.
    pub(crate) fn members<'a>(&self, text: &'a str) -> Members<'a> {
        let mut members = Vec::with_capacity(self.members.len());
        for (name, value) in &self.members {
            members.push((unescaped(part(text, *name)), Json::of(part(text, *value))));
        }
        members
    }

    /// How many items the list has.
    pub(crate) fn count(&self) -> usize {
        self.items.len()
    }

    /// An item of the list, as written.
    pub(crate) fn item<'a>(&self, text: &'a str, number: usize) -> Option<&'a str> {
        self.items.get(number).map(|item| part(text, *item))
    }
}

/// A text, and how many of its octets were read.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// `None` is no JSON: the fault stands where the cursor does.
impl<'a> Cursor<'a> {
    /// The next octet; zero, which stands nowhere in JSON, at the end.
    fn next(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn pass(&mut self) {
        self.at = self.at.wrapping_add(1);
    }

    fn pass_space(&mut self) {
        while matches!(self.next(), b' ' | b'\n' | b'\r' | b'\t') {
            self.pass();
        }
    }

    fn pass_digits(&mut self) -> Option<()> {
        if !self.next().is_ascii_digit() {
            return None;
        }
        while self.next().is_ascii_digit() {
            self.pass();
        }
        Some(())
    }

    fn require(&mut self, octet: u8) -> Option<()> {
        (self.next() == octet).then(|| self.pass())
    }

    /// Whether nothing more stands in the text.
    fn end(&mut self) -> Option<bool> {
        self.pass_space();
        (self.at == self.text.len()).then_some(true)
    }

    fn value(&mut self, depth: usize) -> Option<Part> {
        self.pass_space();
        let start = self.at;
        match self.next() {
            b'"' => self.string()?,
            b'[' | b'{' => self.pass_inside(depth)?,
            b'n' => self.word("null")?,
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            _ => self.number()?,
        }
        Some((start, self.at))
    }

    fn pass_inside(&mut self, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let mut end = 0;
        while self.name(&mut end)?.is_some() {
            self.value(depth)?;
        }
        Some(())
    }

    /// The next value inside an array or an object that was checked before, and its name.
    fn next_inside(&mut self, end: &mut u8) -> Option<(Part, Part)> {
        let name = self.name(end)??;
        Some((name, self.value(DEEPEST)?))
    }

    /// Goes on to the next value inside an array or an object and tells its name, which is empty in an array; after the
    /// last there is none. `end` is zero at the bracket, and the octet that ends it all from then on.
    fn name(&mut self, end: &mut u8) -> Option<Option<Part>> {
        let is_first = *end == 0;
        if is_first {
            *end = if self.next() == b'{' { b'}' } else { b']' };
            self.pass();
        }
        self.pass_space();
        if self.next() == *end {
            self.pass();
            return Some(None);
        }
        if !is_first {
            self.require(b',')?;
        }
        if *end == b']' {
            return Some(Some((0, 0)));
        }
        self.pass_space();
        let start = self.at;
        self.string()?;
        let name = (start.wrapping_add(1), self.at.wrapping_sub(1));
        self.pass_space();
        self.require(b':')?;
        Some(Some(name))
    }

    fn word(&mut self, word: &str) -> Option<()> {
        for octet in word.bytes() {
            self.require(octet)?;
        }
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.require(b'-');
        if self.require(b'0').is_none() {
            self.pass_digits()?;
        }
        if self.require(b'.').is_some() {
            self.pass_digits()?;
        }
        if matches!(self.next(), b'e' | b'E') {
            self.pass();
            if matches!(self.next(), b'+' | b'-') {
                self.pass();
            }
            self.pass_digits()?;
        }
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        self.require(b'"')?;
        loop {
            match self.next() {
                b'"' => break,
                b'\\' => {
                    self.pass();
                    let digits = match self.next() {
                        b'u' => 4,
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 0,
                        _ => return None,
                    };
                    self.pass();
                    for _ in 0..digits {
                        if !self.next().is_ascii_hexdigit() {
                            return None;
                        }
                        self.pass();
                    }
                }
                ..b' ' => return None,
                _ => self.pass(),
            }
        }
        self.pass();
        Some(())
    }

    /// The fault at the cursor, counted from where the text starts.
    fn fault(&self, start: usize) -> Fault {
        let (mut line, mut column) = (1_usize, 0_usize);
        for octet in self.text.bytes().take(self.at.wrapping_add(1)).skip(start) {
            column = column.wrapping_add(1);
            if octet == b'\n' {
                line = line.wrapping_add(1);
                column = 0;
            }
        }
        Fault { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    /// The one value of a text, which is the same however it is parted.
    fn parse(text: &str) -> Result<Json<'_>, Fault> {
        let whole = parse_by(text, usize::MAX);
        for octets in [1, 5] {
            assert_eq!(parse_by(text, octets), whole, "{octets} octets at a time: {text}");
        }
        whole
    }

    fn parse_by(text: &str, octets: usize) -> Result<Json<'_>, Fault> {
        let mut outline = Outline::default();
        while !outline.check(text, "a", octets)? {}
        Ok(outline.document(text))
    }

    /// The whole tree of a value, as another reader gives it.
    fn tree(value: Json) -> Value {
        match value {
            Json::Null => Value::Null,
            Json::Bool(flag) => flag.into(),
            Json::Number(written) => written.parse::<f64>().unwrap().into(),
            Json::String(_) => value.text().into(),
            Json::Array(_) => value.items().into_iter().flatten().map(tree).collect(),
            Json::Object(_) => {
                let members = value.members().into_iter();
                members.map(|(name, value)| (name.into_owned(), tree(value))).collect()
            }
        }
    }

    /// Every number as the float that it is nearest to.
    fn floats(value: &mut Value) {
        match value {
            Value::Number(number) => *value = number.as_f64().into(),
            Value::Array(items) => items.iter_mut().for_each(floats),
            Value::Object(members) => members.values_mut().for_each(floats),
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }

    #[track_caller]
    fn reads_as_another_reader(text: &str) {
        let other = serde_json::from_str::<Value>(text).map(|mut value| {
            floats(&mut value);
            value
        });
        assert_eq!(parse(text).map(tree).ok(), other.ok(), "{text}");
    }

    #[test]
    fn numbers_are_those_of_the_standard() {
        for text in [
            "0", "-0", "10", "-1.50", "1e3", "1E-2", "45.5017", "-73.5673", "01", "+1", ".5", "1.", "-", "1e", "1e+",
            "0x1",
        ] {
            reads_as_another_reader(text);
        }
    }

    #[test]
    fn escapes_are_those_of_the_standard() {
        for text in [
            r#""\"\\\/\b\f\n\r\t\u00e9\uD83C\udf89""#,
            r#""\x""#,
            r#""\u12g4""#,
            r#""\u12""#,
            "\"\\",
            "\"\t\"",
            "\"\u{7f}\"",
            "\"a",
        ] {
            reads_as_another_reader(text);
        }
    }

    #[test]
    fn half_of_a_surrogate_pair_costs_itself_alone() {
        let text = |text| parse(text).ok().and_then(Json::text).map(Cow::into_owned);
        assert_eq!(
            text(r#""a\ud83db\udc00\ud83d\ud83c\udf89\ud83d""#).as_deref(),
            Some("ab🎉")
        );
        assert_eq!(text(r#""\ud83d\u0041\\ud83d""#).as_deref(), Some("A\\ud83d"));
    }

    #[test]
    fn what_is_nested_too_deep_is_a_fault_and_no_end_of_the_stack() {
        for depth in [127, 128, 1_000_000] {
            reads_as_another_reader(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        }
    }

    #[test]
    fn a_fault_is_told_where_it_stands() {
        for (text, line, column) in [
            ("<", 1, 1),
            ("{\"a\": 1,\n \"b\": x}", 2, 7),
            ("[1] 2", 1, 5),
            ("[1,\n", 2, 0),
            ("", 1, 0),
        ] {
            assert_eq!(parse(text), Err(Fault { line, column }), "{text}");
            let other = serde_json::from_str::<Value>(text).expect_err(text);
            assert_eq!((other.line(), other.column()), (line, column), "{text}");
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-1_000_000_000_i64..1_000_000_000, 0_i32..9)
                .prop_map(|(digits, scale)| Value::from(digits as f64 / 10_f64.powi(scale))),
            "\\PC{0,10}|[\u{0}-\u{ff}\"\\\\]{0,10}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[a-c\"é]{0,2}", inner, 0..6)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_another_writes_is_read_back(value in any_value()) {
            for text in [value.to_string(), format!(" {value:#}\r\n")] {
                prop_assert_eq!(parse(&text).map(tree), Ok(value.clone()));
            }
        }

        #[test]
        fn text_that_is_nearly_json_is_read_as_another_reader_does(
            text in "[\\[\\]{}:,\"0-9eE.+ \n-]{0,12}|(\\[|\\]|\\{|\\}|,|:|\"a\"|\"\"|1|null|true|false| ){0,12}"
        ) {
            reads_as_another_reader(&text);
        }

        #[test]
        fn a_member_that_is_cut_or_changed_is_read_as_another_reader_does(value in any_value(), at in any::<prop::sample::Index>(), by in "[\\PC\"\\\\{}]?") {
            let mut characters: Vec<String> = value.to_string().chars().map(String::from).collect();
            let at = at.index(characters.len());
            characters[at] = by;
            let text = characters.concat();
            // Numbers beyond every float cost themselves here, there the text.
            if serde_json::from_str::<Value>(&text).is_ok() || parse(&text).is_err() {
                reads_as_another_reader(&text);
            }
        }
    }
}
