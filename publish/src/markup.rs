//! Publish: HTML text as plain text, with its paragraphs; and the JSON-LD blocks of a page.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// Elements whose end is the end of a line.
const LINES: &[&str] = &["br", "li", "tr", "dt", "dd"];
/// Elements whose end is the end of a paragraph.
const PARAGRAPHS: &[&str] = &[
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "address",
];
/// Elements of running text, which leave nothing behind.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "img",
    "kbd",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
    "var",
    "wbr",
    "body",
    "html",
    "head",
    "tbody",
    "thead",
    "td",
    "th",
    "figcaption",
    "center",
    "iframe",
    "video",
    "audio",
    "source",
    "picture",
    "button",
    "label",
    "main",
    "nav",
    "aside",
];
/// Elements whose text nobody reads.
const UNSEEN: &[&str] = &["script", "style", "template", "noscript", "title", "svg"];

/// The text of an HTML fragment: entities decoded once, elements removed, paragraphs parted by blank lines.
///
/// What only looks like an element (`<2027>`, `a < b`) and what decodes to markup (`&lt;b&gt;`) is text.
///
/// ```
/// use joint_events_publish::markup::plain;
///
/// assert_eq!(plain("<p>R&amp;D <b>forum</b></p><p>Deux jours</p>"), "R&D forum\n\nDeux jours");
/// assert_eq!(plain("&lt;b&gt; &eacute;t&eacute;"), "<b> été");
/// ```
pub fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let mut text = String::new();
    let mut unseen: Option<String> = None;
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::String(string) if unseen.is_none() => push_text(&mut text, &lossy(&string.value)),
            Token::StartTag(tag) => {
                let name = lossy(&tag.name);
                if UNSEEN.contains(&name.as_str()) {
                    unseen = unseen.or(Some(name).filter(|_| !tag.self_closing));
                } else if unseen.is_none() && !end_line(&mut text, &name) {
                    text.push_str(html.get(tag.span.start..tag.span.end).unwrap_or_default());
                }
            }
            Token::EndTag(tag) => {
                let name = lossy(&tag.name);
                if unseen.as_deref() == Some(name.as_str()) {
                    unseen = None;
                } else if unseen.is_none() && !UNSEEN.contains(&name.as_str()) && !end_line(&mut text, &name) {
                    text.push_str(html.get(tag.span.start..tag.span.end).unwrap_or_default());
                }
            }
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    text.trim().to_owned()
}

/// Ends a line or a paragraph as the element does; `false` for what is no element.
fn end_line(text: &mut String, element: &str) -> bool {
    if PARAGRAPHS.contains(&element) {
        let kept = text.trim_end_matches([' ', '\n']).len();
        text.truncate(kept);
        if !text.is_empty() {
            text.push_str("\n\n");
        }
    } else if LINES.contains(&element) {
        let kept = text.trim_end_matches(' ').len();
        text.truncate(kept);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    } else {
        return INLINE.contains(&element);
    }
    true
}

/// Text between elements, where white space is one space and none begins a line.
fn push_text(text: &mut String, piece: &str) {
    for character in piece.chars() {
        if !matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            text.push(character);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The texts of a page's `<script type="application/ld+json">` elements, in order, and the page's language.
pub fn json_ld_blocks(html: &str) -> (Vec<String>, Option<String>) {
    let mut blocks = Vec::new();
    let mut language = None;
    let mut open: Option<String> = None;
    let mut emitter: DefaultEmitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let attribute = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| lossy(value));
                let name = lossy(&tag.name);
                if name == "script" {
                    let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
                    let json_ld = kind.split(';').next().unwrap_or_default().trim() == "application/ld+json";
                    open = json_ld.then(String::new);
                } else if name == "html" && language.is_none() {
                    language = attribute("lang").filter(|tag| !tag.is_empty());
                }
            }
            Token::String(string) => {
                if let Some(block) = &mut open {
                    block.push_str(&lossy(&string));
                }
            }
            Token::EndTag(_) => blocks.extend(open.take()),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    // A page that was cut off in its last block: that block says so itself.
    blocks.extend(open);
    (blocks, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn elements_go_and_what_only_looks_like_one_stays() {
        for (html, text) in [
            ("plain", "plain"),
            ("a < b & c", "a < b & c"),
            ("R&D", "R&D"),
            ("salle <2027>", "salle <2027>"),
            ("<lso> forum", "<lso> forum"),
            ("one<br>two<br/>three", "one\ntwo\nthree"),
            ("<ul><li>one</li><li>two</li></ul>end", "one\ntwo\n\nend"),
            ("<script>alert(1)</script>Gala", "Gala"),
            ("<style>p{}</style><p class=\"x\">Gala</p>\n", "Gala"),
            ("&lt;script&gt;", "<script>"),
            ("caf&eacute;&nbsp;!", "café\u{a0}!"),
            ("&#8217;", "’"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn only_json_ld_scripts_are_blocks() {
        let page = "<html lang=\"fr-CA\"><script>x</script><script type=\"application/ld+json\">{\"a\": \"<b>\"}</script>\
            <SCRIPT TYPE='application/LD+JSON; charset=utf-8'>[]</SCRIPT>";
        let (blocks, language) = json_ld_blocks(page);
        assert_eq!(blocks, ["{\"a\": \"<b>\"}", "[]"]);
        assert_eq!(language.as_deref(), Some("fr-CA"));
    }

    proptest! {
        #[test]
        fn any_text_has_a_plain_form(html in "(<|>|&|[a-z/!-]|\\PC){0,60}") {
            plain(&html);
            json_ld_blocks(&html);
        }
    }
}
