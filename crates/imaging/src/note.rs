//! What was done to a photo that its owner may want to know.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Note {
    /// It was lying on its side, or mirrored, by its metadata; now it stands.
    Turned,
    /// Its colours were of another space (such as a phone's Display P3) and were converted to sRGB.
    ColoursConverted,
    /// It carries a colour profile that could not be used; colours were taken as sRGB.
    ColoursUnsure,
    /// It carried the place where it was taken. The pictures made of it do not.
    LocationRemoved,
    /// It moves; the first picture was taken.
    FirstFrame,
    /// It was see-through in places; white was laid under it.
    OnWhite,
    /// Its longer side is under that of the large picture; it was not enlarged.
    Small,
    /// The file stops before the picture does; what is missing is grey. Only when the person has agreed.
    Damaged,
}

impl Note {
    pub const ALL: [Note; 8] = [
        Note::Turned,
        Note::ColoursConverted,
        Note::ColoursUnsure,
        Note::LocationRemoved,
        Note::FirstFrame,
        Note::OnWhite,
        Note::Small,
        Note::Damaged,
    ];

    /// Stable over versions.
    pub fn code(self) -> &'static str {
        match self {
            Note::Turned => "photo_turned",
            Note::ColoursConverted => "photo_colours_converted",
            Note::ColoursUnsure => "photo_colours_unsure",
            Note::LocationRemoved => "photo_location_removed",
            Note::FirstFrame => "photo_first_frame",
            Note::OnWhite => "photo_on_white",
            Note::Small => "photo_small",
            Note::Damaged => "photo_damaged_in_part",
        }
    }
}
