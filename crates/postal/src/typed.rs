//! What people type, paste and scan, made plain before it is read.

/// Upper-cased, without spaces, dashes and the invisible characters that come along when pasting.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !is_separator(*c))
        .flat_map(char::to_uppercase)
        .collect()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '-' | '_' | '.' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Lower-cased, with the accents of Spanish and French taken off and runs of anything else made one space:
/// the form in which two names are the same name.
pub(crate) fn same_name(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = match c {
            'á' | 'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            // A decomposed accent: the letter before it is already there.
            '\u{300}'..='\u{36f}' => continue,
            c if c.is_alphanumeric() => c,
            _ => ' ',
        };
        if c != ' ' || !(out.is_empty() || out.ends_with(' ')) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_go_and_letters_rise() {
        assert_eq!(
            plain(" rr 473-124\u{200b}\u{a0}829 – gb\u{feff}\r\n"),
            "RR473124829GB"
        );
    }

    #[test]
    fn names_are_the_same_without_accents() {
        assert_eq!(same_name(" Michoacán  de-Ocampo."), "michoacan de ocampo");
        assert_eq!(same_name("N\u{303}andu\u{301}"), same_name("Ñandú"));
    }
}
