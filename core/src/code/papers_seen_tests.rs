use super::{CAPACITY, MAX_PAPERS_SEEN_BYTES, PaperId, PapersSeen, PapersSeenError, SeenAt};

const NOW: i64 = 1_800_000_000;

fn id(number: usize) -> PaperId {
    (number as u64).to_be_bytes()
}

#[test]
fn a_clock_that_leaps_makes_nothing_new_within_the_minute() {
    let mut seen = PapersSeen::new(60);
    assert_eq!(seen.show(id(1), NOW), SeenAt::Nowhere);
    assert_eq!(seen.show(id(2), NOW + 800_000), SeenAt::Nowhere);
    assert_eq!(seen.show(id(1), NOW - 60), SeenAt::Here);
}

#[test]
fn another_door_counts_before_this_one() {
    let mut seen = PapersSeen::new(60);
    let mut other = PapersSeen::new(60);
    other.show(id(1), NOW);
    seen.show(id(1), NOW + 1);
    assert_eq!(seen.add(&other.export(NOW + 2)), Ok(1));
    assert_eq!(seen.show(id(1), NOW + 3), SeenAt::Elsewhere);
}

#[test]
fn a_list_has_the_last_minute_alone() {
    let mut seen = PapersSeen::new(60);
    seen.show(id(1), NOW);
    seen.show(id(2), NOW + 100);
    let mut other = PapersSeen::new(60);
    other.add(&seen.export(NOW + 110)).unwrap();
    assert_eq!(other.show(id(1), NOW), SeenAt::Nowhere);
    assert_eq!(other.show(id(2), NOW + 110), SeenAt::Elsewhere);
}

#[test]
fn memory_is_bounded_and_the_newest_stay() {
    let mut seen = PapersSeen::new(60);
    for number in 0..CAPACITY + 1_000 {
        seen.show(id(number), NOW + i64::try_from(number).unwrap() / 100);
    }
    assert_eq!(seen.here.len(), CAPACITY);
    let last = CAPACITY + 999;
    let at = NOW + i64::try_from(last).unwrap() / 100;
    assert_eq!(seen.show(id(last), at), SeenAt::Here);
    assert!(seen.export(at).len() <= MAX_PAPERS_SEEN_BYTES);
}

#[test]
fn rubbish_is_refused_and_changes_nothing() {
    let mut seen = PapersSeen::new(60);
    seen.show(id(1), NOW);
    let list = seen.export(NOW);
    let unreadable = Err(PapersSeenError::Unreadable);
    for length in 0..list.len() {
        assert_eq!(seen.add(&list[..length]), unreadable, "{length}");
    }
    let tomorrow = [&[0x82, 0x02], &list[2..]].concat();
    let longer = [&list[..], &[0]].concat();
    let time_out_of_range = [&[0x82, 0x01, 0x50][..], &[0xff; 16]].concat();
    for rubbish in [&b"rubbish"[..], &tomorrow, &longer, &time_out_of_range] {
        assert_eq!(seen.add(rubbish), unreadable);
    }
    let huge = vec![0; MAX_PAPERS_SEEN_BYTES + 1];
    assert_eq!(seen.add(&huge), Err(PapersSeenError::TooLarge));
    assert!(seen.elsewhere.is_empty());
}
