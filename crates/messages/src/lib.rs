//! Words that people see, from message files, in Spanish, English and French.
