//! Parcels as tables: what goes next, how long one rests, what is shown.

use super::*;
use crate::id::DealId;
use crate::model::FileKind;

const NOW: Timestamp = Timestamp::from_millis(1_000_000);

fn parcel(name: &str, size: Size, course: Course) -> Parcel {
    Parcel::new(DocumentId::Deal(DealId::minted("deal")), FileHash::of(name.as_bytes()), size, course)
}

fn tired(parcel: Parcel, times: u32) -> Parcel {
    (0..times).fold(parcel, |parcel, _| parcel.failed(Failure::Relay, NOW))
}

#[test]
fn small_pictures_go_first_then_what_is_waited_for_then_what_does_not_fail() {
    let (up, down) = (Course::Up, Course::Down);
    let file = |name, course| parcel(name, Size::Whole(9), course);
    let small = |name, course| parcel(name, Size::Thumbnail, course);
    let rested = |parcel: Parcel| Parcel { rests_until: NOW, ..tired(parcel, 1) };
    let cases = [
        (vec![], None),
        (vec![file("there", Course::There)], None),
        (vec![file("up", up)], Some("up")),
        (vec![file("down", down), small("small up", up)], Some("small up")),
        (vec![small("small up", up), small("small down", down)], Some("small down")),
        (vec![file("up", up), file("down", down)], Some("down")),
        (vec![parcel("long", Size::Whole(99), up), file("short", up)], Some("short")),
        (vec![tired(file("resting", up), 1)], None),
        (vec![rested(file("failing", up)), parcel("long", Size::Whole(99), up)], Some("long")),
        (vec![rested(file("failing", up))], Some("failing")),
    ];
    for (parcels, expected) in cases {
        let found = next(&parcels, NOW).map(|parcel| parcel.hash);
        assert_eq!(found, expected.map(|name| FileHash::of(name.as_bytes())), "{parcels:#?}");
    }
}

#[test]
fn what_fails_rests_longer_each_time_and_a_clock_set_back_does_not_hold_it_up() {
    for (times, seconds) in [(0, 0), (1, 2), (2, 4), (3, 8), (7, 128), (8, 256), (9, 300), (99, 300)] {
        let parcel = tired(parcel("a", Size::Whole(1), Course::Up), times);
        assert_eq!(pause(std::slice::from_ref(&parcel), NOW), Some(seconds * 1000), "after {times}");
        let (moved, again) = (parcel.clone().moved(1, 1), parcel.clone().anew());
        assert_eq!((moved.tries, again.tries, again.failure), (0, 0, None));
        let set_back = Timestamp::from_millis(NOW.millis() - 86_400_000);
        assert!(next(&[parcel], set_back).is_some(), "after {times}");
    }
    assert_eq!(pause(&[parcel("a", Size::Thumbnail, Course::There)], NOW), None);
}

#[test]
fn each_file_shows_where_it_is() {
    let (up, down) = (parcel("a", Size::Whole(200), Course::Up), parcel("a", Size::Whole(200), Course::Down));
    let why = Failure::Full(7);
    let cases = [
        (None, true, Carriage::OnlyHere),
        (None, false, Carriage::Away),
        (Some(up.clone()), true, Carriage::OnlyHere),
        (Some(up.clone().moved(50, 200)), true, Carriage::Sending(25)),
        (Some(up.clone().moved(200, 200)), true, Carriage::Sending(99)),
        (Some(up.clone().failed(why, NOW)), true, Carriage::Failed { here: true, why }),
        (Some(up.clone().arrived()), true, Carriage::AtRelay),
        (Some(up.clone().arrived()), false, Carriage::Away),
        (Some(up), false, Carriage::Away),
        (Some(down.clone()), false, Carriage::Fetching(0)),
        (Some(down.clone().moved(100, 200)), false, Carriage::Fetching(50)),
        (
            Some(down.clone().failed(Failure::Missing, NOW)),
            false,
            Carriage::Failed { here: false, why: Failure::Missing },
        ),
        (Some(down), true, Carriage::AtRelay),
    ];
    for (parcel, here, expected) in cases {
        assert_eq!(shown(parcel.as_ref(), here), expected, "{parcel:?}, here: {here}");
    }
}

#[test]
fn a_picture_is_two_parcels_and_a_letter_is_one() {
    let deal = DocumentId::Deal(DealId::minted("deal"));
    let letter = FileRef {
        hash: FileHash::of(b"letter"),
        name: "letter.pdf".to_owned(),
        kind: FileKind::Pdf,
        size: 5,
        thumbnail: None,
    };
    let photo = FileRef { thumbnail: Some(FileHash::of(b"small")), kind: FileKind::Image, ..letter.clone() };
    let sizes = |file| Parcel::both(deal, file, Course::Up).into_iter().map(|each| each.size).collect::<Vec<_>>();
    assert_eq!(sizes(&letter), [Size::Whole(5)]);
    assert_eq!(sizes(&photo), [Size::Thumbnail, Size::Whole(5)]);
}
