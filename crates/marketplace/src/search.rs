//! Finding pieces whatever the accents: texts and questions are folded the same way.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, with single spaces.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut put = |letter: char| {
        let space = letter.is_control() || letter.is_whitespace();
        if !space {
            folded.push(letter);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    };
    for letter in text.chars() {
        if letter.is_ascii() {
            put(letter.to_ascii_lowercase());
        } else {
            let parts = std::iter::once(letter).nfd();
            parts
                .filter(|part| !is_combining_mark(*part))
                .flat_map(char::to_lowercase)
                .for_each(&mut put);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A `LIKE` pattern, escaped with `\`, for each of the first four words of a question.
pub fn patterns(question: &str) -> Vec<String> {
    folded(question)
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(4)
        .map(|word| {
            let mut pattern = String::from("%");
            for letter in word.chars() {
                if matches!(letter, '%' | '_' | '\\') {
                    pattern.push('\\');
                }
                pattern.push(letter);
            }
            pattern.push('%');
            pattern
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_spaces_do_not_matter() {
        assert_eq!(
            folded("  Huipil de\nZINACANTÁN  Ñandú "),
            "huipil de zinacantan nandu"
        );
        assert_eq!(folded(" \u{7}\u{a0}\t"), "");
        // An accent of its own, a dotted capital, a syllable that falls apart, and a letter that has no small one.
        assert_eq!(
            folded("e\u{301}I\u{307} \u{130}x  각 ß\u{85}Σ"),
            "ei ix \u{1100}\u{1161}\u{11a8} ß σ"
        );
    }

    #[test]
    fn signs_of_the_pattern_language_are_plain_letters() {
        assert_eq!(
            patterns("100% _ab\\ a b c d"),
            ["%100\\%%", "%\\_ab\\\\%", "%a%", "%b%"]
        );
        assert!(patterns("   ").is_empty());
    }
}
