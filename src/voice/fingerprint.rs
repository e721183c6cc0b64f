//! The fingerprint of exact words: what a partner signs, and the version code at a page's foot.
//!
//! Words and punctuation in their order count; emphasis, line breaks, comments, addresses do not.

/// A fingerprint of words: BLAKE3, the first 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of HTML's words, see [`super::fragment::plain`].
    #[must_use]
    pub fn of_html(html: &str) -> Self {
        Self::of_words(&super::fragment::plain(html))
    }

    /// The fingerprint of words that are plain text already.
    #[must_use]
    pub fn of_words(words: &str) -> Self {
        let hash = blake3::hash(words.as_bytes());
        let mut short = [0; 16];
        short.copy_from_slice(&hash.as_bytes()[..16]);
        Self(short)
    }

    /// The fingerprint of the words of a text, however its lines are broken: what a file of approved words is held against.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let mut words = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
        Self::of_words(&words)
    }

    /// The version code: seven hex digits.
    #[must_use]
    pub fn code(&self) -> String {
        let mut code = self.to_string();
        code.truncate(7);
        code
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_and_their_dress_does_not() {
        let signed = Fingerprint::of_html("<p>You <em>decide</em>.</p>\n<p>Now.</p>");
        assert_eq!(signed, Fingerprint::of_html("<p>You decide. <br>\n  Now.</p>"));
        assert_ne!(signed, Fingerprint::of_html("<p>You decide! Now.</p>"));
        assert_ne!(signed, Fingerprint::of_html("<p>Now. You decide.</p>"));
        assert_eq!(signed.code().len(), 7);
    }
}
