//! What to tell the photographer, by code; the words are the app's.

use crate::recipe::{Background, Recipe};
use crate::score::Scores;

/// Something that is wrong with a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Advice {
    /// Nothing is in focus.
    Blurred,
    TooDark,
    /// Parts of the piece have no detail for too much light.
    Burnt,
    /// Fewer pixels than the channel takes.
    TooFewPixels,
    /// Taken, but it cannot be looked at closely.
    FewPixels,
    BackgroundNotWhite,
    BackgroundBusy,
    BackgroundColoured,
    /// The piece fills too little of the frame.
    PieceSmall,
    /// Narrower or wider than the channel takes.
    Shape,
    /// A picture of a telephone's screen.
    Screenshot,
}

impl Advice {
    pub const ALL: [Advice; 11] = [
        Advice::Blurred,
        Advice::TooDark,
        Advice::Burnt,
        Advice::TooFewPixels,
        Advice::FewPixels,
        Advice::BackgroundNotWhite,
        Advice::BackgroundBusy,
        Advice::BackgroundColoured,
        Advice::PieceSmall,
        Advice::Shape,
        Advice::Screenshot,
    ];

    /// Stable over versions.
    pub fn code(self) -> &'static str {
        match self {
            Advice::Blurred => "photo_blurred",
            Advice::TooDark => "photo_too_dark",
            Advice::Burnt => "photo_burnt",
            Advice::TooFewPixels => "photo_too_few_pixels",
            Advice::FewPixels => "photo_few_pixels",
            Advice::BackgroundNotWhite => "photo_background_not_white",
            Advice::BackgroundBusy => "photo_background_busy",
            Advice::BackgroundColoured => "photo_background_coloured",
            Advice::PieceSmall => "photo_piece_small",
            Advice::Shape => "photo_shape",
            Advice::Screenshot => "photo_screenshot",
        }
    }
}

/// Advice for one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advised {
    pub advice: Advice,
    /// The channel's own rules refuse the photo for it, at least as the first picture.
    pub refused: bool,
}

const BLURRED_BELOW: u8 = 46;
const DARK_BELOW: u8 = 95;
const MOSTLY_BLACK: u8 = 60;
const BURNT_FROM: u8 = 12;
const WHITE_FROM: u8 = 90;
const BUSY_FROM: u8 = 9;
const COLOURED_FROM: u8 = 24;
/// Where the channel names no figure: a piece under half of the frame is lost in a list of small pictures.
const FILL_FROM: u8 = 50;
const SCREEN_FLAT_FROM: u8 = 45;
/// Longer side for each 100 of the shorter: a telephone's screen is narrower than any camera's picture.
const SCREEN_RATIO_FROM: u32 = 165;

/// What is to be said of a photo that goes to a channel, in a fixed order.
pub fn advice(scores: &Scores, recipe: &Recipe) -> Vec<Advised> {
    let rules = &recipe.rules;
    let (shorter, longer) = (scores.width.min(scores.height), scores.width.max(scores.height));
    let white = scores.border_white_percent >= WHITE_FROM;
    let busy = scores.border_busy >= BUSY_FROM;
    let coloured = scores.border_colour >= COLOURED_FROM;
    let least_fill = rules.least_fill_percent.unwrap_or(FILL_FROM);
    let ratio = u64::from(scores.width) * 100 / u64::from(scores.height.max(1));
    let shape = rules
        .ratio_percent
        .is_some_and(|(narrow, wide)| ratio < u64::from(narrow) || ratio > u64::from(wide));
    let screen = !scores.has_camera
        && scores.flat_percent >= SCREEN_FLAT_FROM
        && u64::from(longer) * 100 >= u64::from(shorter) * u64::from(SCREEN_RATIO_FROM);
    let said = [
        (Advice::Blurred, scores.sharpness < BLURRED_BELOW, false),
        (
            Advice::TooDark,
            scores.brightest < DARK_BELOW || scores.black_percent >= MOSTLY_BLACK,
            false,
        ),
        (Advice::Burnt, scores.burnt_percent >= BURNT_FROM, false),
        (Advice::TooFewPixels, shorter < rules.least_side, true),
        (
            Advice::FewPixels,
            (rules.least_side..rules.good_side).contains(&shorter),
            false,
        ),
        (
            Advice::BackgroundNotWhite,
            !white && matches!(rules.background, Background::White | Background::WhiteAdvised),
            rules.background == Background::White,
        ),
        (
            Advice::BackgroundBusy,
            busy,
            matches!(rules.background, Background::White | Background::Clean),
        ),
        (
            Advice::BackgroundColoured,
            coloured && rules.background != Background::Free,
            false,
        ),
        (
            Advice::PieceSmall,
            scores.fill_percent.is_some_and(|fill| fill < least_fill),
            rules.least_fill_percent.is_some(),
        ),
        (Advice::Shape, shape, true),
        (Advice::Screenshot, screen, false),
    ];
    said.into_iter()
        .filter_map(|(advice, holds, refused)| holds.then_some(Advised { advice, refused }))
        .collect()
}

/// The channels that would refuse a photo for something, by the recipes' names; each code once, in order.
pub fn refusals<'recipe>(scores: &Scores, recipes: &'recipe [Recipe]) -> Vec<(Advice, Vec<&'recipe str>)> {
    let all: Vec<(Advised, &str)> = recipes
        .iter()
        .flat_map(|recipe| {
            advice(scores, recipe)
                .into_iter()
                .map(|advised| (advised, recipe.name.as_str()))
        })
        .collect();
    Advice::ALL
        .into_iter()
        .map(|code| {
            let names = all
                .iter()
                .filter(|(advised, _)| advised.advice == code && advised.refused)
                .map(|(_, name)| *name)
                .collect::<Vec<_>>();
            (code, names)
        })
        .filter(|(_, names)| !names.is_empty())
        .collect()
}
