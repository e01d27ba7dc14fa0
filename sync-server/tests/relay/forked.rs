//! Two machines that are the same device, as after a profile was copied: what the second wrote under the name of the first
//! is refused by name, and nothing else is.

use std::fs::{self, File, read_to_string};

use shared::change::Origin;
use shared::document::rewrite;
use shared::wire::{Entry, Frame};
use sync_server::check::check;

use crate::device::Device;
use crate::pen::Pen;
use crate::process::Process;

/// The entries as they are once their device told the forked one again.
fn told_again(entries: &[Entry], forked: &Entry) -> Vec<Entry> {
    let changes: Vec<_> = entries.iter().map(|entry| entry.clone().open().unwrap().1).collect();
    let told = rewrite(&changes, forked.hash).unwrap();
    told.into_iter().map(|(_, again)| Entry::new(forked.document, again)).collect()
}

#[test]
fn a_push_that_forks_is_refused_by_name_with_what_follows_it_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (data, said) = (folder.path().join("data"), folder.path().join("said"));
    let process = Process::start_with(&data, File::create(&said).unwrap().into());
    let key = process.found();
    let [mut mine, mut yours] = [(); 2].map(|()| Pen::new("deal").written_by([7; 16]));
    let common = mine.write("common");
    assert_eq!(common, yours.write("common"), "the profile is copied here");
    let [mut one, mut other] = [(); 2].map(|()| Device::arrive(process.address, &key));
    one.push(1, vec![common.clone()]);
    one.push(2, vec![mine.write("by the first")]);

    let rest = [yours.write("by the second"), yours.write("and more")];
    assert_eq!(Origin::of(&rest[0].bytes).unwrap().number, 2);
    let (document, hash) = (rest[0].document, rest[0].hash);
    let elsewhere = Pen::new("elsewhere").write("goes along");
    other.say(&Frame::Push { number: 3, entries: vec![elsewhere.clone(), rest[1].clone(), rest[0].clone()] });
    assert_eq!(other.hears_of(3), Frame::Forked { number: 3, document, hash });
    let refusals = read_to_string(&said).unwrap().lines().filter(|line| line.contains("refused")).count();
    assert_eq!(refusals, 1, "it is written down once");
    assert!(!other.got.contains_key(&(elsewhere.document, elsewhere.hash)), "nothing of the push was stored");

    other.say(&Frame::Push { number: 4, entries: vec![rest[1].clone()] });
    assert_eq!(other.hears_of(4), Frame::Forked { number: 4, document, hash }, "it builds on what was refused");
    one.push(3, Pen::new("meanwhile").write_many(1));
    other.catch_up(5);
    let again = told_again(&[common.clone(), rest[0].clone(), rest[1].clone()], &rest[0]);
    let mut other = other.return_as(process.address, &key);
    other.push(5, [vec![elsewhere], again[1..].to_vec()].concat());
    one.catch_up(8);
    assert_eq!(again[1..].iter().filter(|entry| one.held.contains_key(&(entry.document, entry.hash))).count(), 2);
    drop(process);
    assert!(check(&data).unwrap().is_sound());
}

#[test]
fn two_connections_of_one_device_hear_of_each_other_and_not_of_themselves() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let key = process.found();
    let [mut one, mut other] = [(); 2].map(|()| Device::arrive(process.address, &key));
    let (first, second) = (Pen::new("a").write_many(3), Pen::new("b").write_many(2));
    one.push(1, first.clone());
    other.push(1, second.clone());
    one.catch_up(7);
    other.catch_up(7);
    one.has_exactly(&second);
    other.has_exactly(&first);
}

#[test]
fn a_fork_against_what_an_older_copy_lacks_is_found_when_it_comes_back() {
    let (data, old) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = |folder: &tempfile::TempDir| folder.path().join("relay.db");
    let [mut mine, mut yours] = [(); 2].map(|()| Pen::new("deal").written_by([7; 16]));
    let process = Process::start(data.path());
    let key = process.found();
    process.stop();
    fs::copy(file(&data), file(&old)).unwrap();

    // Acknowledged to the first and then lost; the second was not there meanwhile.
    let process = Process::start(data.path());
    let mut one = Device::arrive(process.address, &key);
    let lost = mine.write_many(2);
    one.push(1, lost.clone());
    process.stop();
    fs::copy(file(&old), file(&data)).unwrap();

    let process = Process::start(data.path());
    let mut other = Device::arrive(process.address, &key);
    other.push(1, vec![yours.write("in its place")]);
    let mut one = one.return_as(process.address, &key);
    assert!(one.anew);
    one.say(&Frame::Push { number: 1, entries: lost.clone() });
    let (document, hash) = (lost[0].document, lost[0].hash);
    assert_eq!(one.hears_of(1), Frame::Forked { number: 1, document, hash });
    let again = told_again(&lost, &lost[0]);
    let mut one = one.return_as(process.address, &key);
    one.push(2, again.clone());
    other.catch_up(5);
    assert!(again.iter().all(|entry| other.held.contains_key(&(entry.document, entry.hash))));
}
