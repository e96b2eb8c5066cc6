//! Brush strokes in SVG: flowers, leaves, vines, bands.

use std::fmt::Write as _;

/// An SVG document of this size.
pub fn canvas(width: u32, height: u32, body: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}'>{body}</svg>"
    )
}

/// Round petals in a ring, a heart, and dots on it.
pub fn flower(x: f32, y: f32, radius: f32, petals: u32, petal: &str, shade: &str, heart: &str) -> String {
    let mut out = String::new();
    for index in 0..petals {
        let turn = index as f32 * 360.0 / petals as f32;
        let (a, b) = (radius * 0.55, radius * (1.35 / petals as f32 + 0.16));
        let _ = write!(
            out,
            "<g transform='translate({x:.1} {y:.1}) rotate({turn:.1})'>\
             <ellipse cx='{a:.1}' cy='0' rx='{rx:.1}' ry='{b:.1}' fill='{petal}'/>\
             <path d='M{c:.1} 0 Q{d:.1} {e:.1} {f:.1} 0 Q{d:.1} -{e:.1} {c:.1} 0' fill='{shade}' opacity='.8'/></g>",
            rx = radius * 0.48,
            c = radius * 0.18,
            d = radius * 0.5,
            e = b * 0.55,
            f = radius * 0.8,
        );
    }
    let _ = write!(
        out,
        "<circle cx='{x:.1}' cy='{y:.1}' r='{:.1}' fill='{heart}'/>",
        radius * 0.26
    );
    for index in 0..7 {
        let (sin, cos) = (index as f32 * 0.897_6).sin_cos();
        let _ = write!(
            out,
            "<circle cx='{:.1}' cy='{:.1}' r='{:.1}' fill='{shade}'/>",
            x + cos * radius * 0.16,
            y + sin * radius * 0.16,
            radius * 0.035
        );
    }
    out
}

/// A pointed leaf from its stem, with a lighter rib.
pub fn leaf(x: f32, y: f32, length: f32, turn: f32, fill: &str, rib: &str) -> String {
    let w = length * 0.27;
    format!(
        "<g transform='translate({x:.1} {y:.1}) rotate({turn:.1})'>\
         <path d='M0 0 C{a:.1} -{w:.1} {b:.1} -{w:.1} {length:.1} 0 C{b:.1} {w:.1} {a:.1} {w:.1} 0 0Z' fill='{fill}'/>\
         <path d='M{c:.1} 0 L{d:.1} 0' stroke='{rib}' stroke-width='{s:.1}' stroke-linecap='round'/></g>",
        a = length * 0.25,
        b = length * 0.7,
        c = length * 0.12,
        d = length * 0.82,
        s = length * 0.045,
    )
}

/// Dots along a straight line.
pub fn dots(x: f32, y: f32, dx: f32, dy: f32, count: u32, radius: f32, fill: &str) -> String {
    (0..count).fold(String::new(), |mut out, index| {
        let t = index as f32;
        let _ = write!(
            out,
            "<circle cx='{:.1}' cy='{:.1}' r='{radius:.1}' fill='{fill}'/>",
            x + dx * t,
            y + dy * t
        );
        out
    })
}

pub fn stroke(path: &str, colour: &str, width: f32) -> String {
    format!(
        "<path d='{path}' fill='none' stroke='{colour}' stroke-width='{width:.1}' stroke-linecap='round' stroke-linejoin='round'/>"
    )
}

pub fn shape(path: &str, fill: &str) -> String {
    format!("<path d='{path}' fill='{fill}'/>")
}

pub fn rect(x: f32, y: f32, width: f32, height: f32, fill: &str) -> String {
    format!("<rect x='{x:.1}' y='{y:.1}' width='{width:.1}' height='{height:.1}' fill='{fill}'/>")
}
