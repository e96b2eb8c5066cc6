//! What is the same on all labels of one plan: boxes, rules and headings.

use messages::Language;

use super::layout::{
    ADDRESSEE_TOP, COUNTRY_HEIGHT, FACT_HEIGHT, FACTS_LEFT, HEAD_BOTTOM, LEFT, Plan, RIGHT, SENDER_TOP,
    fact_words,
};
use crate::page::{Align, Pen, Style};
use crate::words::word;

const WIDTH: f32 = RIGHT - LEFT;

pub(super) fn outline(pen: &mut Pen<'_>, plan: &Plan) {
    let language = plan.language;
    pen.rect(LEFT, 4.0, 16.0, 12.0);
    pen.rule(LEFT, HEAD_BOTTOM, WIDTH, 3.0);

    heading(pen, LEFT, SENDER_TOP + 2.6, &both(plan, "label-sender"));
    for (row, (word, _)) in fact_words(pen, language).iter().enumerate() {
        let top = SENDER_TOP + row as f32 * FACT_HEIGHT;
        pen.line(Style::regular(7.0), Align::Left, FACTS_LEFT, top + 4.5, word);
        pen.rule(FACTS_LEFT, top + FACT_HEIGHT, RIGHT - FACTS_LEFT, 1.0);
    }

    pen.frame(LEFT, ADDRESSEE_TOP, WIDTH, plan.addressee_height, 4.0);
    heading(
        pen,
        LEFT + 3.5,
        ADDRESSEE_TOP + 4.4,
        &both(plan, "label-addressee"),
    );
    if plan.international {
        let top = ADDRESSEE_TOP + plan.addressee_height - COUNTRY_HEIGHT;
        pen.rect(LEFT, top, WIDTH, COUNTRY_HEIGHT);
    }
    if !plan.numbered {
        number_by_hand(pen, plan.code_top(), language);
    }
    clerk(pen, plan);
}

fn heading(pen: &mut Pen<'_>, x: f32, y: f32, text: &str) {
    pen.line(Style::bold(6.5), Align::Left, x, y, &text.to_uppercase());
}

/// A heading in a second language as well when the parcel leaves the country.
fn both(plan: &Plan, key: &str) -> String {
    let second = if plan.language == Language::En {
        Language::Fr
    } else {
        Language::En
    };
    let first = word(plan.language, key);
    if plan.international {
        format!("{first} · {}", word(second, key))
    } else {
        first
    }
}

/// Thirteen cells in the groups of an S10 number, to be filled in or stuck over at the counter.
fn number_by_hand(pen: &mut Pen<'_>, top: f32, language: Language) {
    pen.frame(LEFT, top - 1.0, WIDTH, 23.5, 2.0);
    pen.line(
        Style::bold(9.5),
        Align::Centre,
        50.0,
        top + 4.0,
        &word(language, "label-no-number"),
    );
    pen.line(
        Style::regular(7.0),
        Align::Centre,
        50.0,
        top + 7.8,
        &word(language, "label-no-number-hint"),
    );
    let cell = 5.4;
    let mut x = 50.0 - (13.0 * cell + 4.0 * 2.6) / 2.0;
    for group in [2_u8, 3, 3, 3, 2] {
        let width = f32::from(group) * cell;
        pen.frame(x, top + 10.5, width, 9.5, 2.0);
        for at in 1..group {
            pen.upright(x + f32::from(at) * cell, top + 10.5, 9.5, 1.0);
        }
        x += width + 2.6;
    }
}

/// Left the stamp, right who received it and when.
fn clerk(pen: &mut Pen<'_>, plan: &Plan) {
    let (top, height) = plan.clerk();
    let language = plan.language;
    let middle = 50.0;
    pen.frame(LEFT, top, WIDTH, height, 1.0);
    pen.upright(middle, top, height, 1.0);
    heading(pen, LEFT + 1.8, top + 3.4, &word(language, "label-stamp"));
    heading(pen, middle + 1.8, top + 3.4, &word(language, "label-received"));
    let small = Style::regular(6.0);
    let lines = [
        (height - 8.6, "label-name-signature"),
        (height - 0.9, "label-date-time"),
    ];
    for (below, key) in lines {
        let baseline = top + below;
        pen.rule(middle + 1.8, baseline - 2.7, RIGHT - middle - 3.6, 1.0);
        pen.line(small, Align::Left, middle + 1.8, baseline, &word(language, key));
    }
}
