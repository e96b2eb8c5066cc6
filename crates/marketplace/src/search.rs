//! Finding pieces whatever the accents: texts and questions are folded the same way.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, with single spaces.
pub fn folded(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
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
